/**
 * What the server needs from the outside: storage, time, randomness, signals. Each interface lives
 * in the slice that it serves; only what all slices share is here.
 *
 * <p>Every method names the tenant it works for as its first parameter. What works across tenants
 * is an interface of its own, marked {@link dev.muster.ports.out.CrossTenant}.
 *
 * <p>Failures: storage that cannot be reached is one unchecked exception type; everything that can
 * be expected is a value.
 */
@NullMarked
package dev.muster.ports.out;

import org.jspecify.annotations.NullMarked;
