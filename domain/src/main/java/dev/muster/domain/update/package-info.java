/**
 * New versions of the agent: what a release is, what is signed of it, which agents are offered it,
 * and whether an agent takes it.
 *
 * <p>A release is offered to the agents that its rollout reaches. An agent that takes one goes
 * through a trial, and reports it as applied or reverted; enough reverts halt the rollout.
 *
 * <p>Failure modes: an offer that does not hold in every respect is refused with the first reason,
 * and nothing of it is used; what is signed is compared before it is read.
 */
@NullMarked
package dev.muster.domain.update;

import org.jspecify.annotations.NullMarked;
