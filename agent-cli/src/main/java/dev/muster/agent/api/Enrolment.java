package dev.muster.agent.api;

import dev.muster.domain.credential.Secret;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says of itself when it joins.
 *
 * @param proof why it may
 * @param name its stable name
 * @param version its version
 * @param capabilities what it can do
 * @param tools the programs it may run
 * @param region where it is; null when it does not say
 * @param maxConcurrent jobs at a time
 * @param registrationId makes the call repeatable: the same id answers as the first call did
 * @param instance tells this installation from another with the same name
 */
public record Enrolment(
    Proof proof,
    String name,
    String version,
    List<String> capabilities,
    List<String> tools,
    @Nullable String region,
    int maxConcurrent,
    UUID registrationId,
    UUID instance) {

  /** Why an agent may join. */
  public sealed interface Proof {
    /** A token of the operator's, for an agent that serves any tenant. */
    record BootstrapToken(Secret token) implements Proof {}

    /** A token of a tenant's, for an agent of its own. */
    record RegistrationToken(Secret token) implements Proof {}

    /** The key of a server in local mode. */
    record LocalKey(Secret key) implements Proof {}
  }
}
