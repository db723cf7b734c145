package dev.muster.jdbc.embedded;

import dev.muster.domain.credential.Secret;

/**
 * Who to connect as.
 *
 * @param user the name of the login role
 * @param password its password, random and kept in a file of mode 0600 in the folder
 */
public record DatabaseLogin(String user, Secret password) {}
