/**
 * What is traced of a job on this host: its run, as {@code job.run}, in the trace that came with
 * it. What the agent then says of the job to the server is said below that span.
 *
 * <p>A span says which job it was, how long it took and how it ended: nothing of what was in it,
 * and no message. Where nothing is traced here, the job's trace goes back to the server as it came.
 * Failure modes: none that a job would notice; a collector that is away costs spans.
 */
@NullMarked
package dev.muster.agent.tracing;

import org.jspecify.annotations.NullMarked;
