package dev.muster.architecture.planted.cycles.ports.out.tenancy;

public final class InnocentTenant {}
