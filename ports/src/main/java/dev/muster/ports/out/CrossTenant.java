package dev.muster.ports.out;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an outbound port that serves no single tenant: the sweeps, the planner of the queue, the
 * lookup of a credential before anybody knows whose it is, the clock. The build refuses any other
 * port method whose first parameter is not a tenant, so that to read across tenants is a decision
 * with a name, and not a parameter somebody forgot.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface CrossTenant {
  /** Why this port may work across tenants, in a sentence. */
  String value();
}
