package dev.muster.application;

import dev.muster.application.update.Calling;
import dev.muster.application.update.ReleaseService;
import dev.muster.application.update.UpdateOfferService;

/** Releases of the agent, over ports in memory. */
interface UpdateServices extends Ground {
  /** Its releases. */
  default ReleaseService releases() {
    return new ReleaseService(
        ports().transactions(),
        ports().releases(),
        ports().releases(),
        calling(),
        auditing(),
        ports().clock(),
        ids());
  }

  private Calling calling() {
    return new Calling(ports().nudges(), random());
  }

  /** What it offers its agents. */
  default UpdateOfferService updates() {
    return new UpdateOfferService(
        ports().transactions(),
        new UpdateOfferService.Stores(
            ports().releases(),
            ports().releases(),
            ports().releases(),
            ports().agents(),
            ports().agentKeys()),
        calling(),
        secrets(),
        auditing(),
        ports().clock());
  }
}
