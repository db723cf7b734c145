package dev.muster.architecture.planted.cycles.http.tenancy;

public final class InnocentTenant {}
