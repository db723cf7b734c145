/** Where users, their tokens, and answers to repeatable requests are kept. */
@NullMarked
package dev.muster.ports.out.access;

import org.jspecify.annotations.NullMarked;
