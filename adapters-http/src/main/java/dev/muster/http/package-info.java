/**
 * The HTTP API on Jetty: the server itself, what it asks of others, and how requests run through
 * it.
 *
 * <p>{@link HttpServer} is the entry point. A request passes {@link RouteRunner}: origin,
 * credential, permission, query, body, handler, answer; whatever goes wrong on the way becomes a
 * problem document. What Jetty refuses before that (a broken request line, too long headers)
 * becomes one in {@link JettyErrors}. States: running, draining (not ready; parked polls are
 * answered; running requests finish), stopped. Nothing is kept between requests.
 */
@NullMarked
package dev.muster.http;

import org.jspecify.annotations.NullMarked;
