/**
 * Spans, sent to a collector as OTLP over HTTP (protobuf), by OpenTelemetry's own library. Nothing
 * outside of this package knows that library.
 *
 * <p>Ended spans wait in a queue of fixed size; one thread sends them in batches, each with a
 * deadline. Failure modes: a collector that is away or hangs costs spans and nothing else. What is
 * lost is counted and logged, at most once a minute.
 */
@NullMarked
package dev.muster.tracing.otlp;

import org.jspecify.annotations.NullMarked;
