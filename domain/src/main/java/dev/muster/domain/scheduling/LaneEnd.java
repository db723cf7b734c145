package dev.muster.domain.scheduling;

/**
 * Up to where a lane is remembered, and so from where to go on reading it.
 *
 * @param last the job up to which everything is remembered or gone; names the lane too
 */
public record LaneEnd(QueuedJob last) {}
