package dev.muster.sandbox;

import dev.muster.sandbox.child.ExitCode;

/** What the exit code of a child tells that has said nothing. */
final class Deaths {
  private Deaths() {}

  static Breach cause(int exitCode) {
    if (exitCode == ExitCode.MEMORY.code()) {
      return Breach.MEMORY;
    }
    return exitCode == ExitCode.TIME.code() ? Breach.TIME : Breach.DIED;
  }
}
