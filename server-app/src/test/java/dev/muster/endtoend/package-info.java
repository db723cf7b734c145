/**
 * Muster as its users have it: both jars started as processes, a real PostgreSQL, real programs and
 * sockets. What is looked at is what a user can see: the API, the audit log, exit codes, logs.
 *
 * <p>One PostgreSQL serves the whole run; each test class has a database and server processes of
 * its own, in a {@link dev.muster.endtoend.Workshop} that ends all of them. A program that does not
 * come up fails the test with the end of its log.
 */
@NullMarked
package dev.muster.endtoend;

import org.jspecify.annotations.NullMarked;
