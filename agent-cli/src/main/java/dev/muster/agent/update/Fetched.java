package dev.muster.agent.update;

/** What came of fetching an artifact. */
public sealed interface Fetched {
  /** It is on disk and is what was signed. */
  record Verified() implements Fetched {}

  /** It is not what was signed; nothing of it is left. */
  record Flawed(String cause) implements Fetched {}

  /** It began to come, and did not end. */
  record BrokenOff() implements Fetched {}

  /** No server gave it: worth another try. */
  record NotThere() implements Fetched {}
}
