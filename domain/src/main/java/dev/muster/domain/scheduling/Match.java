package dev.muster.domain.scheduling;

/**
 * The agents that jobs of one shape fit.
 *
 * @param patient those that fit while a job still waits for its region
 * @param impatient those that fit after that; all that are able
 * @param able whether any agent that is online or waits could take such a job, free or not
 */
record Match(Fit patient, Fit impatient, boolean able) {}
