/**
 * How the agent joins, and what it keeps of that: its identity and credential, in a state folder
 * that nobody else can read.
 *
 * <p>States: not enrolled, enrolling (the registration id is on disk, so that a repeated call takes
 * no further use of the token), enrolled.
 *
 * <p>Failure modes: a folder or file that others can read is refused as a whole; a crash between
 * the server's answer and the file on disk is cured by the next try with the same registration id;
 * a second agent on the same folder is refused.
 */
@NullMarked
package dev.muster.agent.enrolment;

import org.jspecify.annotations.NullMarked;
