package dev.muster.architecture.planted.portpurity.domain.job;

public record Job() {}
