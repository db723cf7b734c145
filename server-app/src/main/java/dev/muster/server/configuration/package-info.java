/**
 * What the server is told to be: read from flags, then the environment, then {@code muster.yaml},
 * into immutable records.
 *
 * <p>A reading ends in one of two ways: a whole configuration, or everything that is wrong, at
 * once, so that an operator corrects it once. An unknown key of the file is wrong; an unknown
 * variable of the environment is not, because other programs' stand there too. An empty variable,
 * and a key without a value, count as not set. A secret has no flag, since arguments can be read by
 * everyone on the host: its flag, like its second variable and its second key, names a file.
 *
 * <p>What this version cannot do yet (HTTPS without a proxy) is refused when asked for: silence
 * would mislead.
 */
@NullMarked
package dev.muster.server.configuration;

import org.jspecify.annotations.NullMarked;
