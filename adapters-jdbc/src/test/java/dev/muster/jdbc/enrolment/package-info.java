/** This slice's storage held to its contracts. */
@NullMarked
package dev.muster.jdbc.enrolment;

import org.jspecify.annotations.NullMarked;
