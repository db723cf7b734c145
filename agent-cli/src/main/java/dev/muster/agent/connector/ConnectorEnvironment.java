package dev.muster.agent.connector;

import dev.muster.agent.api.JobApi;
import dev.muster.agent.network.Route;
import dev.muster.agent.process.JobGroups;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;

/**
 * What connectors share with the agent that they run in.
 *
 * @param agentInstance tells this agent's processes from those of another on the same host: the
 *     agent's id, the same after a restart
 * @param workFolder where each job gets a folder of its own; created when missing
 * @param groups gives tools control groups of their own, where there are any
 * @param cancelGrace what a program gets between being asked to end and being killed
 * @param tls trusts the usual authorities and those of {@code tls.ca-file}
 * @param route how https leaves this host
 * @param api makes calls to the agent's server in a job's name
 * @param clock the host's
 */
public record ConnectorEnvironment(
    String agentInstance,
    Path workFolder,
    JobGroups groups,
    Duration cancelGrace,
    SSLContext tls,
    Route route,
    JobApi api,
    InstantSource clock) {}
