package dev.muster.architecture.planted.cycles.ports.in.tenancy;

public final class InnocentTenant {}
