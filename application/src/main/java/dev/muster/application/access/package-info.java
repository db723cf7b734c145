/**
 * Admitting callers, administering users, and answering repeated requests as the first one.
 *
 * <p>Every failure to authenticate is one and the same refusal. A denial names the permission that
 * is missing and is audited.
 */
@NullMarked
package dev.muster.application.access;

import org.jspecify.annotations.NullMarked;
