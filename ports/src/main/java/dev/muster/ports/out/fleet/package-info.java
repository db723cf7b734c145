/** Where agents and their credentials are kept. */
@NullMarked
package dev.muster.ports.out.fleet;

import org.jspecify.annotations.NullMarked;
