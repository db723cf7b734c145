/**
 * The worker within the server: takes jobs of tenants that work inline and runs them in the sandbox
 * on the server's own machine.
 *
 * <p>It is an agent in all but its way in: it claims, renews its leases, writes logs and reports
 * through the ports that agents reach over HTTP, and every write of it carries the attempt. One
 * thread holds the poll, one renews; each job has a thread, and its script a JVM of its own. What
 * decides on a job is the queue's and the domain's.
 *
 * <p>Failure modes: storage that is away is tried again, and a lease that ends meanwhile gives the
 * job to another replica; a worker that was taken for dead enters anew and drops what it had; a
 * replica that is killed takes its scripts with it, because each ends with its pipe. What is not a
 * script, or wants what is not here, fails with {@code not_allowed_here}.
 */
@NullMarked
package dev.muster.inline;

import org.jspecify.annotations.NullMarked;
