/** This slice's storage held to its contracts. */
@NullMarked
package dev.muster.jdbc.tenancy;

import org.jspecify.annotations.NullMarked;
