package dev.muster.architecture.planted.inlinealone.ports.out.job;

public interface Jobs {}
