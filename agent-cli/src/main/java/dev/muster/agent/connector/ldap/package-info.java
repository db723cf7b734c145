/**
 * The {@code ldap} connector: directories that this host's configuration lists, by name, each with
 * the places ("bases") and operations that are allowed there.
 *
 * <p>A job goes through: find the server, read the request against its limits, resolve its secrets
 * for that server, connect, prove who the server is, bind, ask, end the connection. Names are
 * compared by their parts, never as text, and written anew before they are sent, so that the server
 * reads what was checked here. Passwords in a directory are never returned and never searched for,
 * and a secret of the vault can become a value of such an attribute only: what goes in cannot be
 * read out again by the next job.
 *
 * <p>Failure modes: what is not listed ends in {@code not_allowed_here} before anything is sent; no
 * connection in {@code ldap_unreachable} or {@code ldap_tls}; a refusal of the server in an error
 * class of its own for the usual reasons and {@code ldap_refused} for the others, with the LDAP
 * result code; an answer that is no LDAP in {@code ldap_protocol}; one message that is too large in
 * {@code response_too_large}; time that is up in {@code run_timeout}. A search that finds more than
 * fits is cut between two entries, and its result says so.
 */
@NullMarked
package dev.muster.agent.connector.ldap;

import org.jspecify.annotations.NullMarked;
