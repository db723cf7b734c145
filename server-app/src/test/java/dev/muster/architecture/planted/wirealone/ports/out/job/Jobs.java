package dev.muster.architecture.planted.wirealone.ports.out.job;

public interface Jobs {}
