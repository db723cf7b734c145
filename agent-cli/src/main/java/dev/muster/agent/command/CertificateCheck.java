package dev.muster.agent.command;

import dev.muster.agent.network.CertificateRefusedException;
import dev.muster.agent.network.ClientCertificate;
import dev.muster.agent.network.ClientFiles;
import java.time.Instant;
import java.util.Optional;

/** Whether the agent's own certificate is in its time. */
final class CertificateCheck {
  private static final String WHAT = "certificate";

  private CertificateCheck() {}

  /** What is to be said of it; empty where the agent has none. */
  static Optional<Finding> of(Preparation preparation, Instant now) {
    return preparation.configuration().server().client().map(files -> of(files, now));
  }

  private static Finding of(ClientFiles files, Instant now) {
    try {
      ClientCertificate own = ClientCertificate.read(files);
      String detail = own.subject() + ", until " + own.until();
      if (now.isAfter(own.until())) {
        return Finding.failed(
            WHAT, own.subject() + " ended at " + own.until(), ExitCode.CONFIGURATION);
      }
      if (now.isBefore(own.from())) {
        return Finding.failed(
            WHAT, own.subject() + " begins at " + own.from(), ExitCode.CONFIGURATION);
      }
      return own.until().isBefore(now.plus(TlsCheck.SOON))
          ? Finding.warning(WHAT, detail)
          : Finding.ok(WHAT, detail);
    } catch (CertificateRefusedException refused) {
      return Finding.failed(WHAT, String.valueOf(refused.getMessage()), ExitCode.CONFIGURATION);
    }
  }
}
