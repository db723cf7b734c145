/**
 * Tenants and the plans that limit them.
 *
 * <p>A tenant is {@code active} or {@code suspended}. Suspension refuses starts, submits and
 * enrolments; reads, cancels, heartbeats and results go on. The system tenant owns the platform
 * agents and can be no ordinary tenant.
 */
@NullMarked
package dev.muster.domain.tenancy;

import org.jspecify.annotations.NullMarked;
