package dev.muster.agent.command;

import dev.muster.agent.api.Credential;
import dev.muster.agent.api.UpdateApi;
import dev.muster.agent.configuration.UpdateSettings;
import dev.muster.agent.enrolment.Identity;
import dev.muster.agent.enrolment.StateFolder;
import dev.muster.agent.enrolment.StateRefusedException;
import dev.muster.agent.loop.Agent;
import dev.muster.agent.update.JarFiles;
import dev.muster.agent.update.Owner;
import dev.muster.agent.update.SelfUpdate;
import dev.muster.agent.update.Telling;
import dev.muster.agent.update.Updates;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.tenancy.TenantId;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/**
 * The updates of the configured agent.
 *
 * @param updates what can be done about another version
 * @param telling says what became of it
 */
record UpdateAccess(Updates updates, Telling telling) {
  private static final Duration ANSWER = Duration.ofSeconds(15);

  /** Opens them; the client belongs to the caller. */
  static UpdateAccess open(
      Preparation preparation, StateFolder state, Identity identity, HttpClient client)
      throws IOException, StateRefusedException {
    UpdateApi api =
        new UpdateApi(
            client,
            preparation.configuration().server().url(),
            new Credential(identity.apiKey(), state.instance()),
            SigningSecretFile.signing(state, identity.agentId()),
            ANSWER,
            InstantSource.system());
    Updates updates =
        new Updates(
            api,
            JarFiles.in(preparation.configuration().state()),
            new Owner(new AgentId(identity.agentId()), tenant(identity), identity.updateKey()),
            preparation.configuration().update(),
            InstantSource.system());
    return new UpdateAccess(updates, new Telling(api, updates, Version.own()));
  }

  /** Starts to look after the version of a running agent; interrupt the thread to end that. */
  Thread attend(Agent agent, UpdateSettings settings) {
    SelfUpdate update = new SelfUpdate(updates, telling, settings, agent);
    return Thread.ofVirtual()
        .name("update")
        .start(() -> {
          try {
            update.run();
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Whoever serves every tenant belongs to the one that the platform's agents belong to. */
  private static TenantId tenant(Identity identity) {
    UUID tenant = identity.tenantId();
    return tenant == null ? TenantId.SYSTEM : new TenantId(tenant);
  }
}
