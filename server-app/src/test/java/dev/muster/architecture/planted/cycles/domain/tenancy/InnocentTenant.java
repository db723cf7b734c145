package dev.muster.architecture.planted.cycles.domain.tenancy;

public final class InnocentTenant {}
