/**
 * How the agent becomes another version of itself, and how it comes back.
 *
 * <p>States of the jar: proven ({@code .stable} names it), on trial ({@code .trial} names it),
 * neither (put there by hand). An offer is checked, fetched to {@code .new}, checked again, and
 * applied once no job runs; the launcher then starts it. A trial ends proven, or with the jar
 * before: that decides the launcher where the new version crashes or hangs, and the new version
 * itself where no server answers it.
 *
 * <p>Failure modes: every change of a file is whole and on disk before the next begins, and their
 * order is such that whoever is killed between two of them leaves either the old version or the new
 * one. A full disk leaves the old one. What a server offers wrongly is refused, and it is told.
 */
@NullMarked
package dev.muster.agent.update;

import org.jspecify.annotations.NullMarked;
