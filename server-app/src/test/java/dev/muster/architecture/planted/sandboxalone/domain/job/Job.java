package dev.muster.architecture.planted.sandboxalone.domain.job;

public record Job() {}
