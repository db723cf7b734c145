/** Tests of the worker within the server, against a server that is imagined. */
@NullMarked
package dev.muster.inline;

import org.jspecify.annotations.NullMarked;
