package dev.muster.architecture.planted.purity.domain.job;

import org.slf4j.Logger;

public final class GuiltyRule {
  Logger logger;
}
