package dev.muster.endtoend;

import dev.muster.application.audit.AuditKeepingService;
import dev.muster.application.audit.Auditing;
import dev.muster.application.identity.Ids;
import dev.muster.domain.audit.AuditEntry.Resource;
import dev.muster.domain.credential.AuditSignatures;
import dev.muster.domain.credential.MasterKeys;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.jdbc.DatabaseSettings;
import dev.muster.jdbc.JdbcDatabase;
import dev.muster.jdbc.JdbcSweepTurns;
import dev.muster.jdbc.audit.JdbcAuditChains;
import dev.muster.jdbc.audit.JdbcAuditLog;
import dev.muster.jdbc.audit.JdbcAuditRetentions;
import dev.muster.jdbc.embedded.DatabaseLogin;
import dev.muster.server.command.MusterServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Audit logs on a database of their own: written and sealed as the server does, tampered with by
 * SQL as its superuser, and checked by the command.
 */
final class SealedLogs implements AutoCloseable {
  private static final String MASTER_KEY = "5a".repeat(32);

  private final TestDatabase test = TestDatabase.open();
  private final JdbcDatabase database;
  private final Auditing auditing;
  private final Path secrets;

  SealedLogs(Path secrets) {
    this.secrets = secrets;
    Map<String, String> environment = test.environment();
    database =
        JdbcDatabase.open(
            new DatabaseSettings(
                environment.get("MUSTER_DB_URL"),
                login(environment, "MUSTER_DB"),
                login(environment, "MUSTER_DB_OWNER"),
                12,
                Duration.ofMinutes(1)));
    JdbcAuditLog log = new JdbcAuditLog(database.transactions());
    auditing =
        new Auditing(
            log,
            log,
            database.transactions(),
            database.clock(),
            new Ids(database.clock(), new SecureRandom()));
    write("password", environment.get("MUSTER_DB_PASSWORD"));
    write("owner", environment.get("MUSTER_DB_OWNER_PASSWORD"));
    write("key", MASTER_KEY);
  }

  private static DatabaseLogin login(Map<String, String> environment, String prefix) {
    return new DatabaseLogin(
        environment.get(prefix + "_USER"), Secret.of(environment.get(prefix + "_PASSWORD")));
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(secrets.resolve(name), text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  JdbcDatabase database() {
    return database;
  }

  Auditing auditing() {
    return auditing;
  }

  TestDatabase test() {
    return test;
  }

  /** A tenant with so many entries, sealed. */
  TenantId tenant(int entries) {
    TenantId tenant = new TenantId(UUID.randomUUID());
    test.run(
        """
        INSERT INTO tenants
          (id, slug, name, plan, worker_mode, pool, worker_type, secret_delivery, status, created_at)
        VALUES
          ('%1$s', '%1$s', 'Somebody', 'pro', 'agent', 'shared', 'task', 'reference', 'active', now())
        """
            .formatted(tenant));
    grow(tenant, entries);
    return tenant;
  }

  /** Writes entries, each in a transaction of its own, and seals them. */
  void grow(TenantId tenant, int entries) {
    for (int i = 0; i < entries; i++) {
      database
          .transactions()
          .inTenant(
              tenant,
              () -> {
                auditing.doneByServer(
                    tenant, "agent.offline", new Resource("agent", null), null, null);
                return true;
              });
    }
    keeping().seal();
  }

  /** A sealer, as each replica has one. */
  AuditKeepingService keeping() {
    return new AuditKeepingService(
        new JdbcSweepTurns(database.transactions()),
        new JdbcAuditChains(database.transactions()),
        new JdbcAuditRetentions(database.transactions()),
        new AuditSignatures(MasterKeys.parse(Secret.of(MASTER_KEY))),
        auditing,
        database.clock());
  }

  /** Runs statements past every trigger; {@code :t} is the tenant. */
  void tamper(TenantId tenant, String... statements) {
    List<String> all = new ArrayList<>(List.of("SET session_replication_role = replica"));
    Arrays.stream(statements).map(each -> each.replace(":t", "'" + tenant + "'")).forEach(all::add);
    test.run(all.toArray(String[]::new));
  }

  /** How a command ended, and what it printed. */
  record Ended(int code, String text) {
    /** What was found of a tenant: {@code seq finding}, in order. */
    List<String> of(TenantId tenant) {
      return text.lines()
          .filter(line -> line.startsWith("tenant=" + tenant))
          .map(line -> line.replaceAll(".* seq=(\\d+) .* finding=(\\w+) .*", "$1 $2"))
          .toList();
    }
  }

  Ended verify(String... more) {
    return command("verify", more);
  }

  /** What {@code audit heads} prints, in a file. */
  Path heads() {
    return write("heads-" + UUID.randomUUID(), command("heads").text());
  }

  private Ended command(String name, String... more) {
    Map<String, String> environment = test.environment();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "audit",
                name,
                "--db-url=" + environment.get("MUSTER_DB_URL"),
                "--db-user=" + environment.get("MUSTER_DB_USER"),
                "--db-password-file=" + secrets.resolve("password"),
                "--db-owner-user=" + environment.get("MUSTER_DB_OWNER_USER"),
                "--db-owner-password-file=" + secrets.resolve("owner"),
                "--master-key-file=" + secrets.resolve("key")));
    arguments.addAll(List.of(more));
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      int code = MusterServer.run(arguments.toArray(String[]::new));
      return new Ended(code, printed.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  @Override
  public void close() {
    database.close();
    test.close();
  }
}
