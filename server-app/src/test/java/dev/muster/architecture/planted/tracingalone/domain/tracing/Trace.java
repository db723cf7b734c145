package dev.muster.architecture.planted.tracingalone.domain.tracing;

public record Trace() {}
