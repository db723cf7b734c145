/** How agents join, and the tokens that let them. */
@NullMarked
package dev.muster.ports.in.enrolment;

import org.jspecify.annotations.NullMarked;
