/**
 * Pieces of requests and answers that several slices share: how a job is written, what a label
 * looks like. What only one slice speaks of stays in that slice.
 */
@NullMarked
package dev.muster.wire.document;

import org.jspecify.annotations.NullMarked;
