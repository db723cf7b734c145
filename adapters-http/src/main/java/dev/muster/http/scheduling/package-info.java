/**
 * How agents take jobs over HTTP and say what became of them.
 *
 * <p>A claim may wait; it holds a virtual thread and a connection meanwhile, nothing else. The same
 * endpoints serve platform agents and tenants' own under two names.
 */
@NullMarked
package dev.muster.http.scheduling;

import org.jspecify.annotations.NullMarked;
