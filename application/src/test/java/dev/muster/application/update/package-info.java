/** Releases and offers over the in-memory storage. */
@NullMarked
package dev.muster.application.update;

import org.jspecify.annotations.NullMarked;
