/** Agents over HTTP: as people see and steer them, and as they keep themselves present. */
@NullMarked
package dev.muster.http.fleet;

import org.jspecify.annotations.NullMarked;
