/** This slice's storage held to its contracts. */
@NullMarked
package dev.muster.jdbc.audit;

import org.jspecify.annotations.NullMarked;
