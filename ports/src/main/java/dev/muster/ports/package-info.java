/**
 * What inbound and outbound ports have in common: how an operation ends, and pages of lists.
 *
 * <p>Expected outcomes are values: done, or refused with a stable code. Bugs are {@link
 * IllegalStateException}; faults of the storage are {@link dev.muster.ports.StorageUnavailable}.
 */
@NullMarked
package dev.muster.ports;

import org.jspecify.annotations.NullMarked;
