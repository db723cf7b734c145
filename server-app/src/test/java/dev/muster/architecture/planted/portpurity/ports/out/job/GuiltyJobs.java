package dev.muster.architecture.planted.portpurity.ports.out.job;

import org.slf4j.Logger;

public interface GuiltyJobs {
  Logger logger();
}
