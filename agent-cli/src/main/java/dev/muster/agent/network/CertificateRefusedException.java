package dev.muster.agent.network;

/** The agent's certificate or its key cannot be used; the message says what to do about it. */
public final class CertificateRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean ofKey;

  CertificateRefusedException(boolean ofKey, String message) {
    super(message);
    this.ofKey = ofKey;
  }

  /** Whether it is the key, and not the certificate. */
  public boolean isOfKey() {
    return ofKey;
  }
}
