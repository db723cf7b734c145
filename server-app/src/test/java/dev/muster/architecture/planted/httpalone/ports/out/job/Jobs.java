package dev.muster.architecture.planted.httpalone.ports.out.job;

public interface Jobs {}
