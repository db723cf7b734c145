/** A collector for tests, with a real socket, that understands what it is sent. */
@NullMarked
package dev.muster.tracing.fake;

import org.jspecify.annotations.NullMarked;
