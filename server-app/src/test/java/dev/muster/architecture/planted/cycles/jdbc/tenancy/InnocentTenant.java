package dev.muster.architecture.planted.cycles.jdbc.tenancy;

public final class InnocentTenant {}
