package dev.muster.architecture.planted.wirealone.ports.in.job;

public interface JobQueue {}
