package dev.muster.architecture.planted.cycles.wire.tenancy;

public final class InnocentTenant {}
