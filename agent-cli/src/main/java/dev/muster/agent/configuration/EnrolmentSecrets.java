package dev.muster.agent.configuration;

import dev.muster.agent.configuration.Sources.Found;
import dev.muster.domain.credential.AgentTokenText;
import dev.muster.domain.credential.PlatformKey;
import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The secrets with which an agent may join, from the environment, a file or standard input, never
 * from the command line, which every user of the host can read.
 *
 * @param bootstrapToken for an agent that serves any tenant
 * @param registrationToken for an agent of one tenant
 * @param localKey for a server in local mode
 * @param agentToken a tenant's, with which the agent presents itself by name
 * @param platformKey with which a shared agent registers itself, again and again
 * @param platformKeyFile the file that it came from, which may hold another one later
 */
public record EnrolmentSecrets(
    Optional<Secret> bootstrapToken,
    Optional<Secret> registrationToken,
    Optional<Secret> localKey,
    Optional<Secret> agentToken,
    Optional<Secret> platformKey,
    Optional<Path> platformKeyFile) {
  private static final int MOST_BYTES = 4096;

  /** Reads them; more than one of them is a problem, none is not. */
  public static EnrolmentSecrets read(Sources sources, InputStream input, Problems problems) {
    Reading reading = new Reading(sources, input, problems);
    EnrolmentSecrets secrets =
        new EnrolmentSecrets(
            reading.secret("MUSTER_BOOTSTRAP_TOKEN", Setting.BOOTSTRAP_TOKEN_FILE),
            reading.secret("MUSTER_REGISTRATION_TOKEN", Setting.REGISTRATION_TOKEN_FILE),
            reading.secret("LOCAL_AGENT_KEY", Setting.LOCAL_KEY_FILE),
            reading.secret("AGENT_TOKEN", Setting.AGENT_TOKEN_FILE),
            reading.secret("SHARED_AGENT_PLATFORM_KEY", Setting.PLATFORM_KEY_FILE),
            reading.file(Setting.PLATFORM_KEY_FILE));
    if (secrets.count() > 1) {
      problems.add(
          "enrolment",
          "more than one of bootstrap token, registration token, local key, agent token and"
              + " platform key is given");
    }
    secrets.refuseWrongForms(problems);
    return secrets;
  }

  /** A typing error is told apart from a wrong key before anybody is called. */
  private void refuseWrongForms(Problems problems) {
    if (agentToken.filter(token -> !AgentTokenText.isOne(token)).isPresent()) {
      problems.add("AGENT_TOKEN", "must be agent_ and 64 hex digits");
    }
    if (platformKey.filter(key -> PlatformKey.parse(key).isEmpty()).isPresent()) {
      problems.add("SHARED_AGENT_PLATFORM_KEY", "must be 64 hex digits");
    }
  }

  /** The platform key as it is now: the file's, where there is one and it holds one. */
  public Optional<PlatformKey> platformKeyNow() {
    return platformKeyFile
        .flatMap(EnrolmentSecrets::keyIn)
        .or(() -> platformKey.flatMap(PlatformKey::parse));
  }

  private static Optional<PlatformKey> keyIn(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      return PlatformKey.parse(Secret.of(text.strip()));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Whether the agent presents itself with what it is given, and keeps no credential of its own.
   */
  public boolean areStanding() {
    return agentToken.isPresent() || platformKey.isPresent();
  }

  /** Whether they are of the platform, whose agents serve any tenant. */
  public boolean areOfPlatform() {
    return bootstrapToken.isPresent() || platformKey.isPresent();
  }

  /** Whether none is there. */
  public boolean isEmpty() {
    return count() == 0;
  }

  private long count() {
    return bootstrapToken.stream().count()
        + registrationToken.stream().count()
        + localKey.stream().count()
        + agentToken.stream().count()
        + platformKey.stream().count();
  }

  private record Reading(Sources sources, InputStream input, Problems problems) {

    Optional<Secret> secret(String variable, Setting fileSetting) {
      Optional<Found> file = sources.find(fileSetting, problems);
      Optional<String> value = sources.variable(variable);
      boolean fromFlag = sources.flags().containsKey(fileSetting);
      if (value.isPresent() && file.isPresent() && !fromFlag) {
        problems.add(variable, "is given twice, also by " + file.get().place());
        return Optional.empty();
      }
      if (value.isPresent() && !fromFlag) {
        return checked(value.get(), variable);
      }
      return file.flatMap(found -> checked(content(found), found.place()));
    }

    Optional<Path> file(Setting fileSetting) {
      return sources
          .find(fileSetting, problems)
          .map(Found::value)
          .filter(value -> !value.equals("-"))
          .map(Path::of);
    }

    private String content(Found found) {
      try (InputStream in =
          found.value().equals("-") ? input : Files.newInputStream(Path.of(found.value()))) {
        return new String(in.readNBytes(MOST_BYTES + 1), StandardCharsets.UTF_8);
      } catch (IOException | IllegalArgumentException unreadable) {
        problems.add(found.place(), "cannot be read");
        return "";
      }
    }

    /** What cannot stand in a header would otherwise end up in the message of an exception. */
    private Optional<Secret> checked(String value, String place) {
      String secret = value.strip();
      if (secret.length() > MOST_BYTES || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        problems.add(place, "must be one word of printable ASCII, at most 4096 characters");
        return Optional.empty();
      }
      if (secret.isEmpty()) {
        problems.add(place, "is empty");
        return Optional.empty();
      }
      return Optional.of(Secret.of(secret));
    }
  }
}
