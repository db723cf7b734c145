package dev.muster.agent.vault;

/** The vault, or a change to it, is refused. The message says what to do and holds no secret. */
public final class VaultRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what to do about it. */
  public VaultRefusedException(String message) {
    super(message);
  }
}
