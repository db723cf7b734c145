package dev.muster.architecture.planted.httpalone.application.job;

public final class JobService {}
