package dev.muster.architecture.planted.httpalone.ports.in.job;

public interface JobQueue {}
