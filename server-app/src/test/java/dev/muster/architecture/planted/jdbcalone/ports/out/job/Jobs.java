package dev.muster.architecture.planted.jdbcalone.ports.out.job;

public interface Jobs {}
