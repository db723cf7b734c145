package dev.muster.architecture.planted.agentalone.agent.loop;

import dev.muster.architecture.planted.agentalone.domain.job.Job;

public final class InnocentLoop {
  Job job;
}
