/**
 * gRPC for agents: a second way to the use cases that they reach over HTTP, and nothing else.
 *
 * <p>What is said is the same JSON, read and answered by {@code dev.muster.wire}, behind the same
 * door; here are streams, deadlines and bounds only. States of a call: begun (headers are there),
 * admitted, heard (its message is there), answered or refused. A stream for work goes through that
 * for each question, and stays open in between.
 *
 * <p>Failure modes: a caller that is not let in costs one look at the credential, and nothing it
 * sends is read; one that is let in and silent is ended after a minute; one that sends too much is
 * refused; one that goes away ends its wait at once. When the server stops, questions that wait are
 * answered with nothing and their streams ended.
 */
@NullMarked
package dev.muster.grpc;

import org.jspecify.annotations.NullMarked;
