package dev.muster.application.access;

import dev.muster.application.access.AccessService.Logins;
import dev.muster.application.access.Authentication.Authenticated;
import dev.muster.application.access.Authentication.KeyUse;
import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.Auditing.Deed;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.application.gathering.Gathering;
import dev.muster.application.gathering.Turnstile;
import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.CertificateFingerprint;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.credential.Tokens;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.ports.Outcome;
import dev.muster.ports.Refusal.Code;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.access.Presented;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.Sightings;
import dev.muster.ports.out.fleet.Sightings.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds out who comes, remembers it for a moment, and notes that they came. Thread-safe. */
final class Recognition {
  private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);
  private static final int NOTES_AT_ONCE = 2;
  private static final int MOST_TOGETHER = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Transactions transactions;
  private final Authentication authentication;
  private final Logins logins;
  private final Sightings sightings;
  private final Auditing auditing;
  private final GateService gate;
  private final Duration lease;
  private final RecentCallers recent = new RecentCallers();
  private final Gathering<Sighting, Boolean> notes;
  private final Turnstile turnstile = new Turnstile(NOTES_AT_ONCE, PATIENCE);

  /**
   * Looks up in {@code logins}.
   *
   * @param lease an agent that is silent for so long has gone
   */
  Recognition(
      Transactions transactions,
      Logins logins,
      Sightings sightings,
      Secrets secrets,
      Auditing auditing,
      GateService gate,
      Duration lease) {
    this.transactions = transactions;
    this.authentication = new Authentication(transactions, logins, secrets);
    this.logins = logins;
    this.sightings = sightings;
    this.notes = new Gathering<>(this::note, MOST_TOGETHER, NOTES_AT_ONCE);
    this.auditing = auditing;
    this.gate = gate;
    this.lease = lease;
  }

  /**
   * Somebody who comes.
   *
   * @param again whether they were let in before, signature and all, and only stay
   * @param mayJoin whether it calls what agents call: a call that will be refused makes nobody
   */
  record Coming(
      Presented presented,
      @Nullable CertificateFingerprint certificate,
      boolean again,
      boolean mayJoin,
      Origin origin,
      Instant at) {}

  /**
   * Somebody who was found.
   *
   * @param isNew whether it is an installation that does not speak as its agent yet: it is to be
   *     settled before it is let in
   * @param generation of the credentials, before it was looked up
   */
  record Found(Authenticated who, boolean isNew, long generation) {}

  /** Who it is: {@code unauthenticated}, or why an agent may not come under its name. */
  Outcome<Found> of(Coming coming, @Nullable JobId job) {
    long generation = recent.generation();
    Optional<Authenticated> known = recent.find(coming.presented(), coming.at());
    if (known.isPresent()) {
      return Outcome.done(new Found(known.get(), false, generation));
    }
    return coming.presented() instanceof Presented.NamedAgent somebody
        ? named(somebody, coming, generation)
        : lookedUp(
            coming, generation, () -> authentication.of(coming.presented(), job, coming.at()));
  }

  /** Whether credentials have changed since somebody was found, maybe theirs. */
  boolean isOutdated(Found found) {
    return found.generation() != recent.generation();
  }

  /** The agent that a person acts as. */
  Optional<Authenticated> actedAs(Principal.OfUser person, UUID agent) {
    return transactions.acrossTenants(() -> authentication.actingAs(person, new AgentId(agent)));
  }

  private Outcome<Found> named(Presented.NamedAgent somebody, Coming coming, long generation) {
    return logins
        .named()
        .whoIs(
            somebody,
            coming.mayJoin(),
            coming.at(),
            coming.origin(),
            gate.threshold(coming.certificate()))
        .then(agent -> lookedUp(coming, generation, () -> authentication.named(agent)));
  }

  /**
   * Of whoever lacks a certificate nothing is remembered: else one with a key alone could keep the
   * agent itself from being noted. A new installation is not noted either before it is settled, or
   * it would keep the name that it asks for from ever falling silent.
   */
  private Outcome<Found> lookedUp(
      Coming coming, long generation, Supplier<Optional<Authenticated>> look) {
    Optional<Found> found = look.get().map(who -> noted(who, coming, generation));
    found
        .filter(one -> !one.isNew() && isCertified(one.who().principal(), coming))
        .ifPresent(one -> recent.remember(coming.presented(), one.who(), coming.at(), generation));
    return found
        .map(Outcome::done)
        .orElseGet(
            () -> Outcome.refused(Code.UNAUTHENTICATED, "No valid credential was presented."));
  }

  /**
   * Whoever stays was settled when it came; whoever has yet to prove more than a key is settled
   * when it has.
   */
  private Found noted(Authenticated who, Coming coming, long generation) {
    boolean isNew =
        coming.mayJoin()
            && !coming.again()
            && isProven(who.principal(), coming)
            && isNew(who, coming.presented());
    if (!isNew) {
      noteUse(who, coming);
    }
    return new Found(who, isNew, generation);
  }

  /**
   * Whether another installation speaks as the agent, or none yet. Those that share a credential by
   * name settle where they are found or join; one that does not say which it is is not asked.
   */
  private static boolean isNew(Authenticated who, Presented presented) {
    UUID installation = installationOf(presented);
    return installation != null
        && who.key() instanceof KeyUse key
        && who.agent() instanceof Agent agent
        && agent.enabled()
        && !installation.equals(key.installation());
  }

  /**
   * Lets a new installation speak as its agent, and notes that it came; false where another lives.
   */
  boolean settles(Found found, Coming coming) {
    return transactions.acrossTenants(() -> {
      boolean settled =
          settled(found.who(), coming.presented(), new Visit(coming.origin(), coming.at()));
      if (settled) {
        noteUse(found.who(), coming);
      }
      return settled;
    });
  }

  /**
   * Notes that an agent is there that has proved it by signing, as the installation that it says it
   * is; false, and nothing is noted, where another lives.
   */
  boolean hears(Principal.OfAgent agent, Presented presented, Origin origin, Instant now) {
    return transactions.acrossTenants(() -> {
      Optional<Authenticated> who =
          recent.find(presented, now).or(() -> authentication.of(presented, null, now));
      boolean isElsewhere =
          who.filter(one -> isNew(one, presented))
              .filter(one -> !settled(one, presented, new Visit(origin, now)))
              .isPresent();
      if (!isElsewhere) {
        sightings.note(List.of(new Sighting(agent.tenant(), agent.agent(), now, null)));
      }
      return !isElsewhere;
    });
  }

  /** From where and when somebody came. */
  private record Visit(Origin origin, Instant at) {}

  /** In the open transaction. */
  private boolean settled(Authenticated who, Presented presented, Visit visit) {
    if (!(who.agent() instanceof Agent agent)
        || !(who.key() instanceof KeyUse key)
        || !(installationOf(presented) instanceof UUID installation)) {
      return true;
    }
    Optional<Boolean> begins =
        logins.agents().settle(agent, installation, visit.at(), visit.at().minus(lease));
    if (begins.orElse(false)) {
      noteSettled(
          new Caller(who.principal(), visit.origin()), agent, key.installation(), installation);
    }
    return begins.isPresent();
  }

  private void noteSettled(Caller caller, Agent agent, @Nullable UUID before, UUID after) {
    Deed deed =
        new Deed(
            caller,
            agent.tenant(),
            before == null ? "agent.settled" : "agent.taken_over",
            new Resource("agent", agent.id().toString()),
            before == null ? null : State.of("instance", before),
            State.of("instance", after));
    auditing.doneTogether(List.of(deed));
  }

  private static @Nullable UUID installationOf(Presented presented) {
    return switch (presented) {
      case Presented.Token(Secret token, UUID installation) ->
          Tokens.kindOf(token).filter(TokenKind.AGENT::equals).isPresent() ? installation : null;
      case Presented.AgentKey key -> key.installation();
      case Presented.Nothing nothing -> null;
      case Presented.Contradiction contradiction -> null;
      case Presented.ActingAs acting -> null;
      case Presented.NamedAgent named -> null;
    };
  }

  private boolean isCertified(Principal principal, Coming coming) {
    return coming.again() || gate.isCertified(principal, coming.certificate());
  }

  private boolean isProven(Principal principal, Coming coming) {
    return isCertified(principal, coming) && (coming.again() || !gate.mustSign(principal));
  }

  /** A key alone keeps nobody online of whom more is asked. */
  private void noteUse(Authenticated who, Coming coming) {
    Instant now = coming.at();
    switch (who.principal()) {
      case Principal.OfUser user -> {
        if (isToBeNoted(who.key(), now)) {
          turnstile.ifFree(() -> logins.userTokens().used(user.token(), now));
        }
      }
      case Principal.OfAgent agent -> {
        if (who.agent() instanceof Agent known
            && known.enabled()
            && isToBeNoted(known, now)
            && isProven(agent, coming)) {
          note(new Sighting(agent.tenant(), agent.agent(), now, null));
        }
        if (who.key() instanceof KeyUse key && isToBeNoted(key, now)) {
          turnstile.ifFree(() -> logins.agentKeys().used(agent.tenant(), key.hash(), now));
        }
      }
      case Principal.ActingAs acting -> {}
      case Principal.OfJob job -> {}
      case Principal.OfServer server -> {}
    }
  }

  /** Together with others who come at this moment, or in the transaction that is open. */
  private void note(Sighting sighting) {
    if (transactions.isOpen()) {
      sightings.note(List.of(sighting));
    } else {
      notes.of(sighting);
    }
  }

  private List<Boolean> note(List<Sighting> together) {
    sightings.note(together);
    return Collections.nCopies(together.size(), true);
  }

  /** By what was read with the agent: no statement where nothing is due. */
  private boolean isToBeNoted(Agent agent, Instant now) {
    Instant seen = agent.lastSeenAt();
    return seen == null
        || !seen.isAfter(now.minus(Sightings.BETWEEN_NOTES))
        || !agent.isOnline(now, lease);
  }

  /** At most once a minute, by what was read with the key. */
  private static boolean isToBeNoted(@Nullable KeyUse key, Instant now) {
    return key != null
        && (key.notedAt() == null || !key.notedAt().isAfter(now.minus(BETWEEN_NOTES)));
  }

  /** Credentials were taken away, or who holds them was changed. */
  void forget() {
    recent.forget();
  }
}
