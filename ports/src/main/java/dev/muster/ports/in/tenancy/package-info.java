/** Tenants and plans, for operators. */
@NullMarked
package dev.muster.ports.in.tenancy;

import org.jspecify.annotations.NullMarked;
