package dev.muster.server.configuration;

/** What a command needs the configuration for. */
public enum Purpose {
  /** To serve: everything. */
  SERVE,
  /** To work on the database ({@code migrate}, {@code admin}): no master key. */
  ADMINISTRATION,
  /** To check what was signed ({@code audit}): the master key. */
  VERIFICATION
}
