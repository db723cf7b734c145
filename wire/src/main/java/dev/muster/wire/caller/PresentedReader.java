package dev.muster.wire.caller;

import dev.muster.domain.credential.AgentTokenText;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.AgentName;
import dev.muster.ports.in.access.Presented;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads from the headers what a caller shows to prove who they are. */
public final class PresentedReader {
  private static final String BEARER = "bearer ";
  private static final String ACT_AS = "X-Act-As-Agent";
  private static final String NAME = "X-Agent-Name";
  private static final String INSTANCE = "X-Agent-Instance";
  private static final int MAX_LENGTH = 512;
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1," + MAX_LENGTH + "}");
  private static final Pattern AGENT_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Secret UNREADABLE = Secret.of("");

  private PresentedReader() {}

  /** What is presented; anything malformed contradicts, since it cannot be meant. */
  public static Presented read(Headers headers) {
    var secrets =
        Stream.of(
                headers.all("Authorization").stream().map(PresentedReader::bearer),
                headers.all("X-API-Key").stream().map(PresentedReader::secret),
                headers.all("X-Agent-Secret").stream().map(PresentedReader::secret))
            .flatMap(stream -> stream)
            .toList();
    if (secrets.isEmpty()) {
      return new Presented.Nothing();
    }
    if (!agree(secrets) || isInstanceOdd(headers)) {
      return new Presented.Contradiction();
    }
    return headers.all(ACT_AS).isEmpty()
        ? withAgent(secrets.getFirst(), headers)
        : actingAs(secrets.getFirst(), headers);
  }

  /** Whoever says which agent they are does not act as another. */
  private static Presented actingAs(Secret secret, Headers headers) {
    return headers.all("X-Agent-Id").isEmpty() && headers.all("X-Agent-Secret").isEmpty()
        ? agentId(headers.all(ACT_AS))
            .<Presented>map(agent -> new Presented.ActingAs(secret, agent))
            .orElseGet(Presented.Contradiction::new)
        : new Presented.Contradiction();
  }

  /** The secret of a header of its own, or null when it is absent or cannot be one. */
  public static @Nullable Secret secretIn(Headers headers, String name) {
    var value = headers.single(name);
    return value == null || secret(value).isEmpty() ? null : secret(value);
  }

  /** An empty secret matches nothing, itself included, and so agrees with none. */
  private static boolean agree(List<Secret> secrets) {
    var first = secrets.getFirst();
    return secrets.stream().allMatch(first::matches);
  }

  /** An id beside any credential must be the credential's; a secret of an agent needs one. */
  private static Presented withAgent(Secret secret, Headers headers) {
    var ids = headers.all("X-Agent-Id");
    if (ids.isEmpty() && headers.all("X-Agent-Secret").isEmpty()) {
      return AgentTokenText.isOne(secret) && !headers.all(NAME).isEmpty()
          ? named(secret, headers)
          : new Presented.Token(secret, instanceIn(headers).orElse(null));
    }
    return agentId(ids)
        .<Presented>map(id -> new Presented.AgentKey(id, secret, instanceIn(headers).orElse(null)))
        .orElseGet(Presented.Contradiction::new);
  }

  /** An agent that says its name, and which installation of that name it is where it says so. */
  private static Presented named(Secret token, Headers headers) {
    var name = headers.single(NAME);
    return name != null && AgentName.PATTERN.matcher(name).matches()
        ? new Presented.NamedAgent(token, new AgentName(name), instanceIn(headers).orElse(null))
        : new Presented.Contradiction();
  }

  /** The installation that says which it is; empty where it does not. */
  public static Optional<UUID> instanceIn(Headers headers) {
    return agentId(headers.all(INSTANCE));
  }

  /** Whether an installation says which it is, and not properly: twice, or with no UUID. */
  public static boolean isInstanceOdd(Headers headers) {
    return !headers.all(INSTANCE).isEmpty() && instanceIn(headers).isEmpty();
  }

  private static Optional<UUID> agentId(List<String> ids) {
    return ids.size() == 1 && AGENT_ID.matcher(ids.getFirst()).matches()
        ? Optional.of(UUID.fromString(ids.getFirst()))
        : Optional.empty();
  }

  private static Secret bearer(String header) {
    return header.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? secret(header.substring(BEARER.length()).strip())
        : UNREADABLE;
  }

  private static Secret secret(String text) {
    return TOKEN.matcher(text).matches() ? Secret.of(text) : UNREADABLE;
  }
}
