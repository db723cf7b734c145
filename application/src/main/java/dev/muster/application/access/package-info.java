/**
 * Admitting callers, administering users, and answering repeated requests as the first one.
 *
 * <p>Every failure to authenticate is one and the same refusal. A denial names the permission that
 * is missing and is audited.
 *
 * <p>{@link dev.muster.application.access.GateService} asks for what is asked besides a credential:
 * a certificate, a signature, and to call no more often than allowed. What it counts is taken from
 * storage in slices; while storage is away, and a slice is used up, nobody gets through.
 */
@NullMarked
package dev.muster.application.access;

import org.jspecify.annotations.NullMarked;
