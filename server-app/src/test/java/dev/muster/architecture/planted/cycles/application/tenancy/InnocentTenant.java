package dev.muster.architecture.planted.cycles.application.tenancy;

public final class InnocentTenant {}
