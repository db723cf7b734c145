/**
 * The {@code http} connector: requests to the servers that this host's configuration lists.
 *
 * <p>A job goes through: check method and address against the lists, resolve the secrets of headers
 * and body for that server, send, follow redirects within the same server, compare with what was
 * expected.
 *
 * <p>Failure modes: what is not listed ends in {@code not_allowed_here} before anything is sent; a
 * reference in the address too, because addresses are logged everywhere. An answer that is not
 * expected ends in {@code http_status} (worth another attempt for 429 and 5xx) or {@code
 * expectation_failed}; no answer in {@code http_unreachable}, {@code http_tls} or {@code
 * run_timeout}; too much of it in {@code response_too_large}.
 */
@NullMarked
package dev.muster.agent.connector.http;

import org.jspecify.annotations.NullMarked;
