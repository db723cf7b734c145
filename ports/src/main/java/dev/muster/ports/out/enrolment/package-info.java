/** Where enrolment tokens are kept, and who joined with them. */
@NullMarked
package dev.muster.ports.out.enrolment;

import org.jspecify.annotations.NullMarked;
