package dev.muster.architecture.planted.agentalone.ports.in.job;

public interface JobDispatch {}
