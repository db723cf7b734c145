/**
 * Agents and their credentials in PostgreSQL. How many jobs an agent has is counted when it is
 * read, over all tenants where it is a platform agent.
 *
 * <p>Failure modes are those of {@link dev.muster.jdbc}.
 */
@NullMarked
package dev.muster.jdbc.fleet;

import org.jspecify.annotations.NullMarked;
