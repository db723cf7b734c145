package dev.muster.architecture.planted.agentalone.domain.job;

public record Job() {}
