package dev.muster.agent.update;

import dev.muster.domain.update.Release;
import dev.muster.domain.update.Verdict.Flaw;

/** What there is for this agent. */
public sealed interface Looked {
  /** The server offers nothing. */
  record Nothing() implements Looked {}

  /** No server has answered. */
  record Away(String reason) implements Looked {}

  /**
   * What it offers is not taken.
   *
   * @param sequence what the offer says, which need not be true; 0 where it cannot be read
   */
  record Rejected(long sequence, Flaw flaw) implements Looked {}

  /** It may be fetched. */
  record Acceptable(Release release) implements Looked {}
}
