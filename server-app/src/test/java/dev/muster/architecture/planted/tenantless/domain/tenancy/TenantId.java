package dev.muster.architecture.planted.tenantless.domain.tenancy;

public record TenantId(long value) {}
