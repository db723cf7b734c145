/** Tenants and plans over HTTP, for operators. */
@NullMarked
package dev.muster.http.tenancy;

import org.jspecify.annotations.NullMarked;
