/** Where releases, their artifacts, and what agents made of them are kept. */
@NullMarked
package dev.muster.ports.out.update;

import org.jspecify.annotations.NullMarked;
