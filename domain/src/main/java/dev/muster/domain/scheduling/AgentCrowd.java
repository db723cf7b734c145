package dev.muster.domain.scheduling;

/**
 * Agents that are alike to every job.
 *
 * @param example one of them
 * @param agents how many there are, online or not
 * @param online how many of them are online
 * @param taking how many of those take work: neither disabled nor draining
 * @param freeSlots how many more jobs those can have
 */
public record AgentCrowd(Seeker example, int agents, int online, int taking, int freeSlots) {}
