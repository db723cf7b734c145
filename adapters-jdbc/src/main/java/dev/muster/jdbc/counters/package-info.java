/**
 * What is counted of tenants and agents, and which lane a job waits in: what the slices of jobs and
 * of scheduling both write. Rows are locked in the order tenants, agents, jobs.
 */
@NullMarked
package dev.muster.jdbc.counters;

import org.jspecify.annotations.NullMarked;
