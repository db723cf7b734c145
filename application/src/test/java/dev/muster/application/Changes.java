package dev.muster.application;

import dev.muster.application.EveryChangeIsAuditedTest.Change;
import dev.muster.application.EveryChangeIsAuditedTest.Preparation;
import dev.muster.application.EveryChangeIsAuditedTest.World;
import dev.muster.domain.access.Role;
import dev.muster.domain.access.TokenId;
import dev.muster.domain.access.TokenScope;
import dev.muster.domain.access.User;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.tenancy.Plan;
import dev.muster.domain.tenancy.PlanName;
import dev.muster.domain.tenancy.Tenant;
import dev.muster.domain.update.Release;
import dev.muster.ports.Outcome;
import dev.muster.ports.in.access.UserAdministration.NewToken;
import dev.muster.ports.in.access.UserAdministration.NewUser;
import dev.muster.ports.in.audit.AuditQueries.AuditFilter;
import dev.muster.ports.in.tenancy.TenantAdministration.TenantChanges;
import dev.muster.ports.in.update.ReleaseAdministration.NewRelease;
import dev.muster.ports.in.update.ReleaseAdministration.Reach;
import dev.muster.ports.in.update.ReleaseAdministration.ReleaseStanding;
import dev.muster.ports.paging.PageRequest;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every use case that changes something. */
final class Changes {
  private Changes() {}

  static Stream<Change> all() {
    return Stream.of(access(), tenancy(), AgentChanges.all(), WorkChanges.all(), updates())
        .flatMap(changes -> changes);
  }

  private static Stream<Change> access() {
    return Stream.of(
        change("make a user", w -> user(w), "user.create"),
        changeOf("issue a token", Changes::user, (w, u) -> token(w, u), "user.create_token"),
        changeOf(
            "revoke a token",
            w -> token(w, user(w)),
            (w, t) -> done(w.in().users().revokeToken(w.operator(), t)),
            "user.revoke_token"),
        changeOf(
            "read the tokens of a user",
            Changes::user,
            (w, u) -> done(w.in().users().tokens(w.operator(), u.id(), PageRequest.first())),
            "user.list_tokens"),
        change(
            "configure the administrator",
            w -> w.in().operators().ensureAdministrator(Secret.of("configured")),
            "user.create",
            "user.create_token"),
        change(
            "make an operator",
            w -> done(w.in().operators().create("root")),
            "user.create",
            "user.create_token"),
        changeOf(
            "reset an operator's token",
            w -> UseCaseTest.value(w.in().operators().create("root")),
            (w, o) -> done(w.in().operators().resetToken("root")),
            "user.revoke_token",
            "user.create_token"),
        change(
            "read the audit log",
            w -> w.in().auditQueries().list(w.operator(), AuditFilter.ALL, PageRequest.first()),
            "audit.query"));
  }

  private static Stream<Change> updates() {
    byte[] artifact = {1, 2, 3};
    Release release =
        new Release(
            7,
            0,
            "1",
            25,
            artifact.length,
            "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
    NewRelease announced = new NewRelease(release, null);
    Consumer<World> announce = w -> done(w.in().releases().announce(w.operator(), announced));
    Function<World, ReleaseStanding> upload =
        w -> {
          announce.accept(w);
          return UseCaseTest.value(
              w.in()
                  .releases()
                  .upload(w.operator(), 7, out -> out.next(artifact, artifact.length)));
        };
    return Stream.of(
        change("make a release known", announce, "release.create"),
        changeOf(
            "roll a release out",
            upload,
            (w, any) ->
                done(w.in().releases().rollOut(w.operator(), 7, new Reach(1, Set.of(), Set.of()))),
            "release.rollout"),
        changeOf(
            "pause a release",
            upload,
            (w, any) -> done(w.in().releases().pause(w.operator(), 7)),
            "release.pause"),
        changeOf(
            "halt a release",
            upload,
            (w, any) -> done(w.in().releases().halt(w.operator(), 7)),
            "release.halt"));
  }

  private static Stream<Change> tenancy() {
    return Stream.of(
        change("make a tenant", w -> w.tenant(PlanName.FREE), "tenant.create"),
        change("make the local tenant", w -> w.in().tenants().ensureLocal(), "tenant.create"),
        changeOf(
            "limit a tenant",
            w -> w.tenant(PlanName.FREE),
            (w, t) ->
                done(w.in().tenants().change(w.operator(), t.slug(), TenantChanges.workerLimit(1))),
            "tenant.set_worker_limit"),
        changeOf(
            "suspend a tenant", w -> w.tenant(PlanName.FREE), World::suspend, "tenant.suspend"),
        changeOf(
            "resume a tenant",
            w -> {
              Tenant tenant = w.tenant(PlanName.FREE);
              w.suspend(tenant);
              return tenant;
            },
            (w, t) -> done(w.in().tenants().resume(w.operator(), t.slug())),
            "tenant.resume"),
        change(
            "replace a plan",
            w -> w.in().plans().replace(w.operator(), new Plan(PlanName.FREE, 1, 1, 1)),
            "plan.update"));
  }

  static TokenId token(World world, User user) {
    return UseCaseTest.value(
            world
                .in()
                .users()
                .issueToken(
                    world.operator(), user.id(), new NewToken("laptop", null, TokenScope.ALL)))
        .record()
        .id();
  }

  static User user(World world) {
    NewUser wanted = new NewUser("ada", Role.OPERATOR, null);
    return UseCaseTest.value(world.in().users().create(world.operator(), wanted));
  }

  static void done(Outcome<?> outcome) {
    UseCaseTest.value(outcome);
  }

  static Change change(String name, Consumer<World> work, String... entries) {
    Preparation preparation = w -> () -> work.accept(w);
    return new Change(name, List.of(entries), preparation);
  }

  static <T> Change changeOf(
      String name, Function<World, T> prepare, BiConsumer<World, T> work, String... entries) {
    return new Change(
        name,
        List.of(entries),
        w -> {
          T prepared = prepare.apply(w);
          return () -> work.accept(w, prepared);
        });
  }
}
