/**
 * The queue over all tenants, carrying out plans, and waking those who wait, in PostgreSQL.
 *
 * <p>Planning reads the first jobs of every lane (tenant, priority, requirements) by index and
 * without locks; no priority is stored and none is ever rewritten. A plan is carried out under
 * locks, and under the conditions as they are then: what does not hold is left out.
 *
 * <p>A wake-up may be lost while the listening connection is made anew; once it stands again,
 * everyone is woken.
 */
@NullMarked
package dev.muster.jdbc.scheduling;

import org.jspecify.annotations.NullMarked;
