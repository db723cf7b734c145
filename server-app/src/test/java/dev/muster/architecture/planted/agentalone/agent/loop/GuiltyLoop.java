package dev.muster.architecture.planted.agentalone.agent.loop;

import dev.muster.architecture.planted.agentalone.ports.in.job.JobDispatch;

public final class GuiltyLoop {
  JobDispatch dispatch;
}
