/** This slice's storage held to its contracts. */
@NullMarked
package dev.muster.jdbc.access;

import org.jspecify.annotations.NullMarked;
