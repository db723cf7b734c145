package dev.muster.architecture.planted.tracingalone.server;

public record Server() {}
