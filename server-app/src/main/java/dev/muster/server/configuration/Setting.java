package dev.muster.server.configuration;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Everything that can be set, with its names in the three places. This list is the only one: flags,
 * reading and help are made from it.
 */
public enum Setting {
  /** JDBC URL of an external PostgreSQL. */
  DB_URL("MUSTER_DB_URL", Kind.VALUE, "JDBC URL of PostgreSQL 15 or newer"),
  /** The login that the server works as. */
  DB_USER("MUSTER_DB_USER", Kind.VALUE, "login that the server works as"),
  /** Its password. */
  DB_PASSWORD("MUSTER_DB_PASSWORD", Kind.SECRET, "its password"),
  /** The login that runs migrations. */
  DB_OWNER_USER("MUSTER_DB_OWNER_USER", Kind.VALUE, "login that runs migrations"),
  /** Its password. */
  DB_OWNER_PASSWORD("MUSTER_DB_OWNER_PASSWORD", Kind.SECRET, "its password"),
  /** The folder of the embedded PostgreSQL. */
  EMBEDDED_DB("MUSTER_EMBEDDED_DB", Kind.VALUE, "folder to run the embedded PostgreSQL in"),
  /** Where HTTP listens. */
  HTTP_HOST("MUSTER_HTTP_HOST", Kind.VALUE, "address to listen on"),
  /** The port of HTTP. */
  HTTP_PORT("MUSTER_HTTP_PORT", Kind.VALUE, "port to listen on, 0 for any that is free"),
  /** Connections at once. */
  MAX_CONNECTIONS("MUSTER_MAX_CONNECTIONS", Kind.VALUE, "connections at once"),
  /** The port of gRPC. */
  GRPC_PORT("GRPC_PORT", Kind.VALUE, "port of gRPC, 0 for any that is free, empty for none"),
  /** The first operator's token. */
  ADMIN_TOKEN("MUSTER_ADMIN_TOKEN", Kind.SECRET, "token of the first operator"),
  /** Seals stored secrets. */
  MASTER_KEY(
      "MUSTER_MASTER_KEY",
      Kind.SECRET,
      "64 hex digits or pbkdf2:<salt>:<phrase>; several as id:key,id:key"),
  /** One tenant, made at start. */
  LOCAL_MODE("LOCAL_MODE", Kind.VALUE, "true: make the tenant local, open register-local"),
  /** What opens {@code register-local}. */
  LOCAL_AGENT_KEY("LOCAL_AGENT_KEY", Kind.SECRET, "key for register-local"),
  /** How long finished jobs are kept. */
  JOB_RETENTION_DAYS("MUSTER_JOB_RETENTION_DAYS", Kind.VALUE, "days that finished jobs are kept"),
  /** Requests a minute and credential. */
  RATE_LIMIT("MUSTER_RATE_LIMIT", Kind.VALUE, "requests a minute and credential"),
  /** How long a lease lasts. */
  LEASE_SECONDS("MUSTER_LEASE_SECONDS", Kind.VALUE, "seconds that a lease lasts"),
  /** How far a tenant may be ahead of its share. */
  FAIRNESS_SLACK("MUSTER_FAIRNESS_SLACK", Kind.VALUE, "starts that a tenant may be ahead"),
  /** How many scripts this replica runs at once itself. */
  INLINE_SLOTS("MUSTER_INLINE_SLOTS", Kind.VALUE, "scripts that this server runs itself, 0: none"),
  /** The heap of one script. */
  INLINE_HEAP_MIB("MUSTER_INLINE_HEAP_MIB", Kind.VALUE, "heap of one such script, in MiB"),
  /** How long one script may take. */
  INLINE_TIME_SECONDS("MUSTER_INLINE_TIME_SECONDS", Kind.VALUE, "seconds one may take"),
  /** How much processor time one script may use. */
  INLINE_CPU_SECONDS("MUSTER_INLINE_CPU_SECONDS", Kind.VALUE, "processor seconds one may use"),
  /** How much one script may log. */
  INLINE_OUTPUT_KIB("MUSTER_INLINE_OUTPUT_KIB", Kind.VALUE, "KiB that one may log"),
  /** Where scripts may send requests. */
  INLINE_HTTP_SERVERS(
      "MUSTER_INLINE_HTTP_SERVERS", Kind.VALUE, "servers that they may call, by commas"),
  /** Whether reads are audited. */
  AUDIT_READS("MUSTER_AUDIT_READS", Kind.VALUE, "true: audit reads by people too"),
  /** Registration without a proof. */
  LEGACY_REGISTRATION("MUSTER_LEGACY_REGISTRATION", Kind.VALUE, "true: allow it without a token"),
  /** Whose headers are believed. */
  TRUSTED_PROXIES("MUSTER_TRUSTED_PROXIES", Kind.VALUE, "addresses or networks, by commas"),
  /** How many proxies stand in front. */
  TRUSTED_HOPS("MUSTER_TRUSTED_HOPS", Kind.VALUE, "proxies that add to X-Forwarded-For"),
  /** What a trusted proxy sends along. */
  PROXY_SECRET("MUSTER_PROXY_SECRET", Kind.SECRET, "what trusted proxies send along"),
  /** The server's certificate. */
  TLS_CERT("MUSTER_TLS_CERT", Kind.LATER, "certificate to serve HTTPS with"),
  /** The certificate's key. */
  TLS_KEY("MUSTER_TLS_KEY", Kind.LATER, "key of the certificate"),
  /** Whether anything is traced. */
  OTEL_ENABLED("OTEL_ENABLED", Kind.VALUE, "true: send traces to a collector"),
  /** The server's name in traces. */
  OTEL_SERVICE_NAME("OTEL_SERVICE_NAME", Kind.VALUE, "the server's name in traces"),
  /** What else traces say of the server. */
  OTEL_RESOURCE_ATTRIBUTES(
      "OTEL_RESOURCE_ATTRIBUTES", Kind.VALUE, "what else they say of it: key=value, by commas"),
  /** Which part of the traces that begin here is recorded. */
  OTEL_SAMPLE_RATIO("OTEL_SAMPLE_RATIO", Kind.VALUE, "part of the traces recorded, 0 to 1"),
  /** Where traces are sent. */
  OTEL_ENDPOINT("OTEL_EXPORTER_OTLP_ENDPOINT", Kind.VALUE, "address of the collector"),
  /** What lets the server in there. */
  OTEL_HEADERS(
      "OTEL_EXPORTER_OTLP_HEADERS", Kind.SECRET, "headers for the collector: key=value, by commas"),
  /** How they are sent. */
  OTEL_PROTOCOL("OTEL_EXPORTER_OTLP_PROTOCOL", Kind.VALUE, "http/protobuf"),
  /** From which level on events are logged. */
  LOG_LEVEL("MUSTER_LOG_LEVEL", Kind.VALUE, "trace, debug, info, warn or error"),
  /** How events are logged. */
  LOG_FORMAT("MUSTER_LOG_FORMAT", Kind.VALUE, "text or json");

  /** How a setting is given. */
  enum Kind {
    VALUE,
    /** Itself in the environment or the file, or in a file that any of the three names. */
    SECRET,
    /** Part of the design, and not of this version. */
    LATER
  }

  private static final String PREFIX = "MUSTER_";

  private final String variable;
  private final Kind kind;
  private final String meaning;

  Setting(String variable, Kind kind, String meaning) {
    this.variable = variable;
    this.kind = kind;
    this.meaning = meaning;
  }

  /** Its variable in the environment. */
  public String variable() {
    return variable;
  }

  /** Its key in {@code muster.yaml}: {@code db-url} for {@code MUSTER_DB_URL}. */
  public String key() {
    String name = variable.startsWith(PREFIX) ? variable.substring(PREFIX.length()) : variable;
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its option on the command line; a secret's names a file. */
  public String flag() {
    return "--" + (isSecret() ? fileKey() : key());
  }

  /** What it is, in a few words. */
  public String meaning() {
    return isSecret() ? "file with: " + meaning : meaning;
  }

  boolean isSecret() {
    return kind == Kind.SECRET;
  }

  boolean isLater() {
    return kind == Kind.LATER;
  }

  String fileVariable() {
    return variable + "_FILE";
  }

  String fileKey() {
    return key() + "-file";
  }

  /** Every key that {@code muster.yaml} may have. */
  static List<String> keys() {
    return Stream.of(values())
        .flatMap(
            each -> each.isSecret() ? Stream.of(each.key(), each.fileKey()) : Stream.of(each.key()))
        .toList();
  }
}
