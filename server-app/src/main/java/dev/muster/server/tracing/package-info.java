/**
 * What of a job's way through the server is traced: {@code job.submit}, {@code job.claim}, {@code
 * job.report}, each around the port that does it, so that no use case knows of it; and the
 * requests.
 *
 * <p>Only where tracing is on is any of this in the way of anything. What goes wrong in a traced
 * call goes on as it came.
 */
@NullMarked
package dev.muster.server.tracing;

import org.jspecify.annotations.NullMarked;
