package dev.muster.architecture.planted.technology.ports.out.job;

public interface Jobs {}
