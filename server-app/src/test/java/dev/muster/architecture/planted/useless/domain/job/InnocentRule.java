package dev.muster.architecture.planted.useless.domain.job;

public record InnocentRule(int limit) implements Ordering {
  @Override
  public int order() {
    return limit;
  }
}
