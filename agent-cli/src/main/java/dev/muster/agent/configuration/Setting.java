package dev.muster.agent.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, with its names in the three places: the file, the environment, the
 * command line. This list is the only one; reading, help and documentation are held to it.
 */
public enum Setting {
  SERVER("server", "BACKEND_URL", "URL", "the server"),
  ALLOW_PLAIN_HTTP(
      "allow-plain-http", "MUSTER_ALLOW_PLAIN_HTTP", null, "allow http to other hosts than this"),
  TRANSPORT("transport", "TRANSPORT", "NAME", "poll, or grpc for the stream"),
  GRPC_ADDRESS("grpc-addr", "BACKEND_GRPC_ADDR", "HOST:PORT", "where the server speaks gRPC"),
  GRPC_TLS("grpc-tls", "GRPC_TLS", "WHEN", "true, false, or auto: on for port 443"),
  STATE("state", "MUSTER_STATE", "FOLDER", "where identity, credential and vault are kept"),
  NAME("name", "AGENT_NAME", "NAME", "the agent's stable name"),
  AGENT_ID_FILE("agent-id-file", "AGENT_ID_FILE", "FILE", "the UUID of this installation"),
  TENANT("tenant", "TENANT_SLUG", "SLUG", "the tenant to serve, * for any"),
  TENANT_HOST_SUFFIX(
      "tenant-host-suffix",
      "TENANT_HOST_SUFFIX",
      "SUFFIX",
      "calls in a tenant's name go to its slug with this behind it"),
  WORKER_TYPE("worker-type", "WORKER_TYPE", "TYPE", "must match the tenant's"),
  CAPABILITIES("capabilities", "MUSTER_CAPABILITIES", "LIST", "what it can do, by commas"),
  TOOLS("tools", "MUSTER_TOOLS", "LIST", "programs it may run, by commas"),
  REGION("region", "MUSTER_REGION", "REGION", "where it is"),
  MAX_CONCURRENT("max-concurrent", "MAX_CONCURRENT", "N", "jobs at a time, 1 to 1000"),
  POLL_SECONDS("poll-seconds", "MUSTER_POLL_SECONDS", "N", "how long a poll waits, 1 to 60"),
  SHUTDOWN_GRACE(
      "shutdown-grace", "MUSTER_SHUTDOWN_GRACE", "TIME", "what running jobs get at SIGTERM"),
  CANCEL_GRACE("cancel-grace", "MUSTER_CANCEL_GRACE", "TIME", "between SIGTERM and SIGKILL"),
  VAULT("vault", "MUSTER_VAULT_PATH", "FILE", "the local vault"),
  ALLOW_UNBOUND_SECRETS(
      "allow-unbound-secrets",
      "MUSTER_ALLOW_UNBOUND_SECRETS",
      null,
      "allow secrets that are not bound to a target"),
  PLUGINS("plugins", "MUSTER_PLUGINS", "FOLDER", "jars with connectors of your own"),
  CA_FILE("tls.ca-file", "MUSTER_CA_FILE", "FILE", "certificates of a private authority (PEM)"),
  CLIENT_CERT(
      "tls.client-cert",
      "MUSTER_CLIENT_CERT",
      "FILE",
      "the agent's own certificate and chain (PEM)"),
  CLIENT_KEY(
      "tls.client-key", "MUSTER_CLIENT_KEY", "FILE", "the file with its private key (PEM, PKCS#8)"),
  HTTPS_PROXY("https-proxy", "HTTPS_PROXY", "URL", "proxy on the way to the server"),
  NO_PROXY("no-proxy", "NO_PROXY", "LIST", "hosts that are reached without it, by commas"),
  UPDATE_ENABLED("update.enabled", "MUSTER_UPDATE_ENABLED", "BOOL", "take new versions (true)"),
  UPDATE_PUBLISHER_KEYS(
      "update.publisher-keys",
      "MUSTER_UPDATE_PUBLISHER_KEYS",
      "KEYS",
      "one or two Ed25519 keys in hex, by commas; no release without a signature of one"),
  UPDATE_INTERVAL("update.interval", "MUSTER_UPDATE_INTERVAL", "TIME", "between looks for one"),
  UPDATE_DOWNLOAD("update.download", "MUSTER_UPDATE_DOWNLOAD", "TIME", "for a download"),
  UPDATE_DRAIN(
      "update.drain", "MUSTER_UPDATE_DRAIN", "TIME", "what running jobs get before an update"),
  UPDATE_PROOF(
      "update.proof", "MUSTER_UPDATE_PROOF", "TIME", "a new version runs before it is kept"),
  UPDATE_TRIAL(
      "update.trial", "MUSTER_UPDATE_TRIAL", "TIME", "it may wait for an answer of the server's"),
  OTEL_ENABLED("otel.enabled", "OTEL_ENABLED", null, "send traces of jobs to a collector"),
  OTEL_SERVICE_NAME(
      "otel.service-name",
      "OTEL_SERVICE_NAME",
      "NAME",
      "the agent's name in traces (muster-agent)"),
  OTEL_RESOURCE_ATTRIBUTES(
      "otel.resource-attributes",
      "OTEL_RESOURCE_ATTRIBUTES",
      "LIST",
      "what else they say of it: key=value, by commas"),
  OTEL_SAMPLE_RATIO(
      "otel.sample-ratio", "OTEL_SAMPLE_RATIO", "N", "part of the traces recorded, 0 to 1 (1.0)"),
  OTEL_ENDPOINT(
      "otel.endpoint", "OTEL_EXPORTER_OTLP_ENDPOINT", "URL", "the collector, by OTLP over HTTP"),
  OTEL_HEADERS_FILE(
      "otel.headers-file",
      "OTEL_EXPORTER_OTLP_HEADERS_FILE",
      "FILE",
      "file with headers for the collector: key=value, by commas"),
  OTEL_PROTOCOL("otel.protocol", "OTEL_EXPORTER_OTLP_PROTOCOL", "NAME", "http/protobuf"),
  BOOTSTRAP_TOKEN_FILE(
      "bootstrap-token-file",
      "MUSTER_BOOTSTRAP_TOKEN_FILE",
      "FILE",
      "file with a bootstrap token, - for standard input"),
  REGISTRATION_TOKEN_FILE(
      "registration-token-file",
      "MUSTER_REGISTRATION_TOKEN_FILE",
      "FILE",
      "file with a registration token, - for standard input"),
  LOCAL_KEY_FILE(
      "local-key-file",
      "LOCAL_AGENT_KEY_FILE",
      "FILE",
      "file with the key of a server in local mode, - for standard input"),
  AGENT_TOKEN_FILE(
      "agent-token-file",
      "AGENT_TOKEN_FILE",
      "FILE",
      "file with a tenant's agent token, - for standard input"),
  PLATFORM_KEY_FILE(
      "platform-key-file",
      "SHARED_AGENT_PLATFORM_KEY_FILE",
      "FILE",
      "file with the platform key of shared agents, - for standard input");

  private final String key;
  private final String variable;
  private final @Nullable String placeholder;
  private final String meaning;

  Setting(String key, String variable, @Nullable String placeholder, String meaning) {
    this.key = key;
    this.variable = variable;
    this.placeholder = placeholder;
    this.meaning = meaning;
  }

  /** Its key in {@code agent.yaml}; dots go into mappings. */
  public String key() {
    return key;
  }

  /** Its environment variable. */
  public String variable() {
    return variable;
  }

  /**
   * Its option on the command line: the last part of its key, of {@code update} and {@code otel}
   * the whole.
   */
  public String flag() {
    return key.startsWith("update.") || key.startsWith("otel.")
        ? "--" + key.replace('.', '-')
        : "--" + key.substring(key.lastIndexOf('.') + 1);
  }

  /** What stands for its value in the help; empty for a switch, which has none. */
  public Optional<String> placeholder() {
    return Optional.ofNullable(placeholder);
  }

  /** What it is, in a few words. */
  public String meaning() {
    return meaning;
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }
}
