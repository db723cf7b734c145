package dev.muster.architecture.planted.wirealone.application.job;

public final class JobService {}
