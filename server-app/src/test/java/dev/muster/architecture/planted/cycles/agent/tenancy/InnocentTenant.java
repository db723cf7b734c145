package dev.muster.architecture.planted.cycles.agent.tenancy;

public final class InnocentTenant {}
