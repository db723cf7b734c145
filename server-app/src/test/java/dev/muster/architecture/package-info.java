/**
 * The rules of the house that no compiler knows: who may see whom, what the domain may not touch,
 * what is named how.
 *
 * <p>Each rule is a function of a root package. It runs against Muster itself, and against a small
 * house below {@code planted} in which somebody did what the rule forbids: types named {@code
 * Guilty…} have to be found, types named {@code Innocent…} must not be. A rule that stops biting
 * fails there.
 *
 * <p>Rules read compiled classes, of all modules; a few read the sources, for what compiling loses.
 */
@NullMarked
package dev.muster.architecture;

import org.jspecify.annotations.NullMarked;
