package dev.muster.architecture.planted.tenantless.ports.out.job;

public sealed interface InnocentOutcome {
  /** How many. */
  int count();

  /** One of one kind. */
  record Done(int count) implements InnocentOutcome {}
}
