/** Users and their tokens over HTTP, for operators. */
@NullMarked
package dev.muster.http.access;

import org.jspecify.annotations.NullMarked;
