/**
 * Making secrets, hashing and sealing them. A secret leaves here once, in the answer that issues
 * it.
 */
@NullMarked
package dev.muster.application.credential;

import org.jspecify.annotations.NullMarked;
