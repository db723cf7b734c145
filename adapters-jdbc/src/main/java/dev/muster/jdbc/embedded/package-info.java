/**
 * Muster's own PostgreSQL: unpacked from the jar, run below one folder, durable across restarts.
 *
 * <p>The folder holds {@code data} (the cluster), {@code binaries} (the program, keyed by the
 * digest of its archive), one {@code *.password} file of mode 0600 for each login, {@code
 * muster.lock} and {@code postgres.log}.
 *
 * <p>States of the folder: <em>empty</em>, then <em>initialised</em> (data is renamed into place
 * only when complete, so that a crash during the first start leaves nothing half-made), then
 * alternating between <em>running</em> and <em>stopped</em>. A server killed in between leaves an
 * <em>orphan</em>: a PostgreSQL without an owner, which the next start stops before it starts its
 * own. The lock, not a process id, says whether an owner lives. A PostgreSQL that ends while its
 * owner lives, because somebody or the kernel killed it, is started again on the same port.
 *
 * <p>Failure modes: folder not writable, full or already owned, no binaries for the architecture,
 * nobody to run PostgreSQL as under root, no start or stop within the deadline. Each is one {@link
 * dev.muster.jdbc.embedded.EmbeddedPostgresException} of one line. A port taken between choosing
 * and binding it is not a failure: another one is chosen.
 */
@NullMarked
package dev.muster.jdbc.embedded;

import org.jspecify.annotations.NullMarked;
