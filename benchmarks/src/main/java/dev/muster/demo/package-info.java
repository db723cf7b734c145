/**
 * The program behind {@code ./demo}: starts the real server and a real agent, submits real jobs,
 * and prints what happens as it happens. It talks to Muster as any client does, over HTTP.
 *
 * <p>It ends with 0 when both jobs completed and the secret stands nowhere on the server's side,
 * with 1 otherwise; whatever happens, the processes that it started end with it.
 */
@NullMarked
package dev.muster.demo;

import org.jspecify.annotations.NullMarked;
