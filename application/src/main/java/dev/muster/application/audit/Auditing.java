package dev.muster.application.audit;

import dev.muster.application.identity.Ids;
import dev.muster.domain.access.Principal;
import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.audit.AuditEntry.Actor;
import dev.muster.domain.audit.AuditEntry.Origin;
import dev.muster.domain.audit.AuditEntry.Outcome;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.audit.AuditArchive;
import dev.muster.ports.out.audit.AuditLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes audit entries, and a line of the log for each once it is committed. Thread-safe. */
public final class Auditing {
  private static final Logger LOG = LoggerFactory.getLogger("audit");

  private final AuditLog log;
  private final AuditArchive archive;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Ids ids;

  /**
   * What was done.
   *
   * @param caller who did it, or null where the server did by its own clock
   * @param tenant in whose log it belongs
   */
  public record Deed(
      @Nullable Caller caller,
      TenantId tenant,
      String action,
      Resource resource,
      @Nullable State before,
      @Nullable State after) {}

  /** Writes into {@code log}, and what is of several tenants into {@code archive}. */
  public Auditing(
      AuditLog log, AuditArchive archive, Transactions transactions, InstantSource clock, Ids ids) {
    this.log = log;
    this.archive = archive;
    this.transactions = transactions;
    this.clock = clock;
    this.ids = ids;
  }

  /** Notes what a caller did, in the open transaction and in the log of the tenant concerned. */
  public void done(
      Caller caller,
      TenantId tenant,
      String action,
      Resource resource,
      @Nullable State before,
      @Nullable State after) {
    write(tenant, actorOf(caller.principal()), action, resource, before, after, caller.origin());
  }

  /**
   * Notes what a caller did to many things with one order, in the open transaction. The log gets no
   * line for each: the entry of the order itself is one.
   */
  public void doneToEach(Caller caller, TenantId tenant, String action, List<Done> things) {
    Instant now = clock.instant();
    Actor actor = actorOf(caller.principal());
    log.append(
        tenant,
        things.stream()
            .map(thing ->
                new AuditEntry(
                    ids.next(now),
                    tenant,
                    actor,
                    action,
                    thing.resource(),
                    Outcome.DONE,
                    thing.before().toJson(),
                    thing.after().toJson(),
                    caller.origin(),
                    now))
            .toList());
  }

  /** What became of one thing of many. */
  public record Done(Resource resource, State before, State after) {}

  /** Notes what the server did by its own clock, in the open transaction. */
  public void doneByServer(
      TenantId tenant,
      String action,
      Resource resource,
      @Nullable State before,
      @Nullable State after) {
    Actor server = actorOf(new Principal.OfServer(tenant));
    write(tenant, server, action, resource, before, after, Origin.SERVER);
  }

  /** Notes what was done together, in the open transaction: one write, however much it is. */
  public void doneTogether(List<Deed> deeds) {
    List<AuditEntry> entries = deeds.stream().map(this::entry).toList();
    if (!entries.isEmpty()) {
      archive.appendAll(entries);
      transactions.afterCommit(() -> entries.forEach(Auditing::tell));
    }
  }

  private AuditEntry entry(Deed deed) {
    Actor actor =
        actorOf(
            deed.caller() == null
                ? new Principal.OfServer(deed.tenant())
                : deed.caller().principal());
    Origin origin = deed.caller() == null ? Origin.SERVER : deed.caller().origin();
    return entry(
        deed.tenant(),
        actor,
        deed.action(),
        deed.resource(),
        Outcome.DONE,
        deed.before(),
        deed.after(),
        origin);
  }

  /** Notes what somebody did who has no credential yet, in the open transaction. */
  public void doneByApplicant(
      TenantId tenant, String action, Resource resource, State after, Origin origin) {
    write(tenant, applicant(), action, resource, null, after, origin);
  }

  /** Notes a refusal to a caller, in a transaction of its own. */
  public void refused(Caller caller, String action, Resource resource, State why) {
    refusedTo(caller.tenant(), actorOf(caller.principal()), action, resource, why, caller.origin());
  }

  /** Notes a refusal to somebody who has no credential yet, in a transaction of its own. */
  public void refusedToApplicant(
      TenantId tenant, String action, Resource resource, State why, Origin origin) {
    refusedTo(tenant, applicant(), action, resource, why, origin);
  }

  private void refusedTo(
      TenantId tenant, Actor actor, String action, Resource resource, State why, Origin origin) {
    transactions.inTenant(
        tenant,
        () -> {
          append(tenant, actor, action, resource, Outcome.REFUSED, null, why, origin);
          return true;
        });
  }

  private void write(
      TenantId tenant,
      Actor actor,
      String action,
      Resource resource,
      @Nullable State before,
      @Nullable State after,
      Origin origin) {
    append(tenant, actor, action, resource, Outcome.DONE, before, after, origin);
  }

  private void append(
      TenantId tenant,
      Actor actor,
      String action,
      Resource resource,
      Outcome outcome,
      @Nullable State before,
      @Nullable State after,
      Origin origin) {
    AuditEntry entry = entry(tenant, actor, action, resource, outcome, before, after, origin);
    log.append(tenant, entry);
    transactions.afterCommit(() -> tell(entry));
  }

  private AuditEntry entry(
      TenantId tenant,
      Actor actor,
      String action,
      Resource resource,
      Outcome outcome,
      @Nullable State before,
      @Nullable State after,
      Origin origin) {
    var now = clock.instant();
    return new AuditEntry(
        ids.next(now),
        tenant,
        actor,
        action,
        resource,
        outcome,
        before == null ? null : before.toJson(),
        after == null ? null : after.toJson(),
        origin,
        now);
  }

  /** What changed is what an operator wants to see in the log; names may hold anything, ids not. */
  private static void tell(AuditEntry entry) {
    LOG.info(
        "event={} outcome={} tenant={} {}={} {}={} request_id={}",
        entry.action(),
        entry.outcome().name().toLowerCase(Locale.ROOT),
        entry.tenant(),
        entry.actor().kind(),
        entry.actor().id(),
        entry.resource().kind(),
        entry.resource().id(),
        entry.origin().requestId());
  }

  private static Actor applicant() {
    return new Actor("anonymous", null, "anonymous");
  }

  /** How a caller is named in entries. */
  public Actor actorOf(Caller caller) {
    return actorOf(caller.principal());
  }

  private static Actor actorOf(Principal principal) {
    return switch (principal) {
      case Principal.OfUser user ->
          new Actor(
              user.isOperator() ? "operator" : "user",
              user.user().id().value(),
              user.user().name());
      case Principal.ActingAs acting ->
          new Actor(
              actorOf(acting.person()).kind(),
              acting.person().user().id().value(),
              acting.displayName());
      case Principal.OfAgent agent ->
          new Actor("agent", agent.agent().value(), agent.name().value());
      case Principal.OfJob job -> new Actor("job_token", job.job().value(), "holder of job token");
      case Principal.OfServer server -> new Actor("server", null, "server");
    };
  }
}
