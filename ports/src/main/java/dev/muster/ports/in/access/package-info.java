/** Who is calling, whether they may, and requests that may be repeated. */
@NullMarked
package dev.muster.ports.in.access;

import org.jspecify.annotations.NullMarked;
