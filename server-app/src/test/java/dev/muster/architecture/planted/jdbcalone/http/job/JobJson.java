package dev.muster.architecture.planted.jdbcalone.http.job;

public final class JobJson {}
