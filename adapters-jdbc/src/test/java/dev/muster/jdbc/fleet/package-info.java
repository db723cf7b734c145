/** This slice's storage held to its contracts. */
@NullMarked
package dev.muster.jdbc.fleet;

import org.jspecify.annotations.NullMarked;
