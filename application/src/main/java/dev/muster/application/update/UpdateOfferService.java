package dev.muster.application.update;

import dev.muster.application.audit.Auditing;
import dev.muster.application.audit.State;
import dev.muster.application.credential.Secrets;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.MessageCode;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.domain.update.Offer;
import dev.muster.domain.update.RevertLimit;
import dev.muster.domain.update.RolloutStatus;
import dev.muster.domain.update.SignedOffer;
import dev.muster.domain.update.UpdateOutcome;
import dev.muster.domain.update.UpdateRecord;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.update.AgentUpdates;
import dev.muster.ports.in.update.Chunks;
import dev.muster.ports.in.update.ReleaseAdministration.Tally;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.fleet.AgentKeys;
import dev.muster.ports.out.fleet.Agents;
import dev.muster.ports.out.update.AgentUpdateLog;
import dev.muster.ports.out.update.Artifacts;
import dev.muster.ports.out.update.Releases;
import dev.muster.ports.out.update.Releases.KeptRelease;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers agents the releases that are rolled out to them, and takes what they say of them. */
public final class UpdateOfferService implements AgentUpdates {
  private static final Logger LOG = LoggerFactory.getLogger(UpdateOfferService.class);

  /** Enough for a slow download; a new offer can be had at any time. */
  private static final Duration GOOD_FOR = Duration.ofHours(24);

  private final Transactions transactions;
  private final Stores stores;
  private final Calling calling;
  private final Secrets secrets;
  private final Auditing auditing;
  private final InstantSource clock;

  /** What is offered from, and to whom. */
  public record Stores(
      Releases releases,
      Artifacts artifacts,
      AgentUpdateLog log,
      Agents agents,
      AgentKeys agentKeys) {}

  /** Offers what is in {@code stores}. */
  public UpdateOfferService(
      Transactions transactions,
      Stores stores,
      Calling calling,
      Secrets secrets,
      Auditing auditing,
      InstantSource clock) {
    this.transactions = transactions;
    this.stores = stores;
    this.calling = calling;
    this.secrets = secrets;
    this.auditing = auditing;
    this.clock = clock;
  }

  @Override
  public Outcome<Optional<Offered>> offer(Caller caller) {
    List<KeptRelease> onOffer = transactions.acrossTenants(stores.releases()::onOffer);
    return onOffer.isEmpty()
        ? Outcome.done(Optional.empty())
        : transactions.inTenant(
            caller.tenant(), () -> Outcome.done(offer(caller, onOffer, clock.instant())));
  }

  private Optional<Offered> offer(Caller caller, List<KeptRelease> onOffer, Instant now) {
    TenantId tenant = caller.tenant();
    Agent agent = stores.agents().find(tenant, caller.agent()).orElseThrow();
    List<UpdateRecord> history = stores.log().of(tenant, agent.id());
    Optional<Secret> key =
        stores
            .agentKeys()
            .updateKey(tenant, agent.id())
            .flatMap(
                kept -> secrets.openUpdateKey(tenant, agent.id(), kept.version(), kept.sealed()));
    return key.flatMap(known ->
        onOffer.stream()
            .filter(release -> isFor(agent, release, history, now))
            .findFirst()
            .map(release -> {
              stores.log().offered(tenant, agent.id(), release.sequence(), now);
              return new Offered(release.sequence(), signed(agent, release, known, now));
            }));
  }

  private static boolean isFor(
      Agent agent, KeptRelease release, List<UpdateRecord> history, Instant now) {
    long newest =
        history.stream()
            .filter(known -> known.outcome() == UpdateOutcome.APPLIED)
            .map(UpdateRecord::sequence)
            .max(Comparator.naturalOrder())
            .orElse(0L);
    return release.sequence() > newest
        && release.rollout().reaches(agent.id(), agent.abilities().region(), release.sequence())
        && history.stream()
            .filter(known -> known.sequence() == release.sequence())
            .allMatch(known -> known.allowsAnother(release.rolledOutAt(), now));
  }

  private static SignedOffer signed(Agent agent, KeptRelease release, Secret key, Instant now) {
    Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
    Offer offer =
        new Offer(
            agent.id(), agent.tenant(), release.release().release(), issued, issued.plus(GOOD_FOR));
    byte[] text = offer.signedText();
    return new SignedOffer(
        new String(text, StandardCharsets.US_ASCII),
        MessageCode.of(key, text),
        release.release().publisherSignature());
  }

  @Override
  public Outcome<Artifact> artifact(Caller caller, long sequence) {
    if (record(caller, sequence).isEmpty()) {
      return ReleaseService.unknown();
    }
    return transactions
        .acrossTenants(() -> stores.releases().find(sequence))
        .filter(release -> release.rollout().status() == RolloutStatus.RUNNING)
        .flatMap(release ->
            Optional.ofNullable(release.artifact())
                .map(upload ->
                    new Artifact(release.release().release().length(), out -> write(upload, out))))
        .map(Outcome::done)
        .orElseGet(ReleaseService::unknown);
  }

  private Optional<UpdateRecord> record(Caller caller, long sequence) {
    return transactions
        .inTenant(caller.tenant(), () -> stores.log().of(caller.tenant(), caller.agent()))
        .stream()
        .filter(known -> known.sequence() == sequence)
        .findFirst();
  }

  /** Each piece by itself: no transaction waits for a slow reader. */
  private void write(UUID upload, Chunks out) {
    int number = 0;
    Optional<byte[]> piece = stores.artifacts().find(upload, number);
    while (piece.isPresent()) {
      out.next(piece.get(), piece.get().length);
      number++;
      piece = stores.artifacts().find(upload, number);
    }
  }

  @Override
  public Outcome<Result> report(Caller caller, Result result) {
    if (record(caller, result.sequence()).isEmpty()) {
      return ReleaseService.unknown();
    }
    return transactions.acrossTenants(() -> {
      Optional<KeptRelease> release = stores.releases().lock(result.sequence());
      if (release.isEmpty()) {
        return ReleaseService.unknown();
      }
      Instant now = clock.instant();
      if (stores
          .log()
          .reported(
              caller.tenant(),
              caller.agent(),
              result.sequence(),
              result.outcome(),
              result.cause(),
              now)) {
        note(caller, result, release.get());
        if (result.outcome() == UpdateOutcome.REVERTED) {
          haltIfTooMany(release.get());
        }
      }
      return Outcome.done(result);
    });
  }

  private void note(Caller caller, Result result, KeptRelease release) {
    String outcome = result.outcome().wireName();
    auditing.done(
        caller,
        caller.tenant(),
        "agent.self_update_" + outcome,
        new Resource("agent", caller.agent().toString()),
        null,
        State.of("sequence", result.sequence())
            .with("version", release.release().release().version())
            .with("cause", result.cause()));
    if (result.outcome() != UpdateOutcome.APPLIED) {
      LOG.warn(
          "event=self_update_{} agent={} sequence={} cause={}",
          outcome,
          caller.agent(),
          result.sequence(),
          result.cause());
    }
  }

  private void haltIfTooMany(KeptRelease release) {
    Tally tally = stores.releases().tally(release.sequence());
    if (release.rollout().status() != RolloutStatus.HALTED
        && RevertLimit.USUAL.isPassed(tally.reverted(), tally.applied())) {
      KeptRelease halted =
          release.with(release.rollout().with(RolloutStatus.HALTED), release.rolledOutAt());
      stores.releases().replace(halted);
      calling.call(halted, clock.instant());
      auditing.doneByServer(
          TenantId.SYSTEM,
          "release.halt",
          ReleaseService.resource(release.sequence()),
          ReleaseService.stateOf(release),
          ReleaseService.stateOf(halted).with("reverted", tally.reverted()));
      LOG.error(
          "event=rollout_halted sequence={} reverted={} applied={}",
          release.sequence(),
          tally.reverted(),
          tally.applied());
    }
  }
}
