/**
 * Who is calling and what they may do.
 *
 * <p>Every operation is an {@link dev.muster.domain.access.Action} and needs exactly one {@link
 * dev.muster.domain.access.Permission}; roles are sets of permissions. A principal and its tenant
 * come from its credential and from nothing else.
 */
@NullMarked
package dev.muster.domain.access;

import org.jspecify.annotations.NullMarked;
