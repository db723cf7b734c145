/**
 * Submitting, looking at and steering jobs. {@link dev.muster.application.job.JobChanges} is the
 * one place where a decision of the domain about a job becomes a change, with its attempt, audit
 * entry and wake-ups.
 */
@NullMarked
package dev.muster.application.job;

import org.jspecify.annotations.NullMarked;
