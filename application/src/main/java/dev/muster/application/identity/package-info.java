/** Making ids. */
@NullMarked
package dev.muster.application.identity;

import org.jspecify.annotations.NullMarked;
