/** The configuration from all of its sources, right and wrong. */
@NullMarked
package dev.muster.server.configuration;

import org.jspecify.annotations.NullMarked;
