/**
 * How agents take jobs and say what became of them, as JSON: the documents, and the calls of the
 * ports behind them. A claim may wait on the caller's thread.
 *
 * <p>Whichever wire a document came on has bounded its bytes before and has admitted the caller.
 */
@NullMarked
package dev.muster.wire.scheduling;

import org.jspecify.annotations.NullMarked;
