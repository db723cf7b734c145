package dev.muster.application.credential;

import dev.muster.domain.credential.AgentTokenText;
import dev.muster.domain.credential.Belonging;
import dev.muster.domain.credential.BootstrapTokenText;
import dev.muster.domain.credential.JobTokens;
import dev.muster.domain.credential.MasterKeys;
import dev.muster.domain.credential.SealedValues;
import dev.muster.domain.credential.Secret;
import dev.muster.domain.credential.TokenKind;
import dev.muster.domain.credential.Tokens;
import dev.muster.domain.enrolment.PlatformKeyId;
import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.job.JobId;
import dev.muster.domain.tenancy.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Makes the secrets that Muster issues. Thread-safe. */
public final class Secrets {
  private static final int KEY_BYTES = 32;
  private static final int SHOWN_OF_BODY = 4;

  private final RandomGenerator random;
  private final JobTokens jobTokens;
  private final SealedValues sealedValues;
  private final MasterKeys masterKeys;

  /** Makes secrets from a cryptographic source, and seals under the current master key. */
  public Secrets(RandomGenerator random, MasterKeys masterKeys) {
    this.random = random;
    this.jobTokens = new JobTokens(masterKeys);
    this.sealedValues = new SealedValues(masterKeys);
    this.masterKeys = masterKeys;
  }

  /** A new token with prefix and checksum. */
  public Secret token(TokenKind kind) {
    return Tokens.make(kind, bytes(Tokens.RANDOM_BYTES));
  }

  /** A new bootstrap token. */
  public Secret bootstrapToken() {
    return BootstrapTokenText.make(random);
  }

  /** A new key of 32 bytes, in lower-case hex. */
  public Secret key() {
    return Secret.of(HexFormat.of().formatHex(bytes(KEY_BYTES)));
  }

  /** The token of a job, the same each time. */
  public Secret jobToken(TenantId tenant, JobId job) {
    return jobTokens.of(tenant, job);
  }

  /** Whether a token is the one of this job. */
  public boolean isJobToken(Secret token, TenantId tenant, JobId job) {
    return jobTokens.isOf(token, tenant, job);
  }

  /** An agent's update key, sealed to the agent and the version. */
  public byte[] sealUpdateKey(TenantId tenant, AgentId agent, int version, Secret key) {
    return sealedValues.seal(
        updateKeyOf(tenant, agent, version), key.bytes(), bytes(SealedValues.NONCE_BYTES));
  }

  /** An agent's update key that was sealed so; empty where anything does not fit. */
  public Optional<Secret> openUpdateKey(
      TenantId tenant, AgentId agent, int version, byte[] sealed) {
    return sealedValues
        .open(updateKeyOf(tenant, agent, version), sealed)
        .map(key -> Secret.of(new String(key, StandardCharsets.UTF_8)));
  }

  /** The id of the master key that seals. */
  long currentMasterKey() {
    return masterKeys.currentId();
  }

  /** The ids of the master keys that only open. */
  Set<Long> olderMasterKeys() {
    return masterKeys.ids().stream()
        .filter(id -> id != masterKeys.currentId())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The same value under the current master key; empty where it does not open. */
  Optional<byte[]> resealed(Belonging belonging, byte[] sealed) {
    return sealedValues.resealed(belonging, sealed, bytes(SealedValues.NONCE_BYTES));
  }

  /** A new agent token of a tenant's. */
  public Secret agentToken() {
    return AgentTokenText.make(bytes(AgentTokenText.RANDOM_BYTES));
  }

  /** A platform key, sealed to its row. */
  public byte[] sealPlatformKey(TenantId tenant, PlatformKeyId id, Secret key) {
    return sealedValues.seal(
        platformKeyOf(tenant, id), key.bytes(), bytes(SealedValues.NONCE_BYTES));
  }

  /** A platform key that was sealed so; empty where anything does not fit. */
  public Optional<Secret> openPlatformKey(TenantId tenant, PlatformKeyId id, byte[] sealed) {
    return sealedValues
        .open(platformKeyOf(tenant, id), sealed)
        .map(bytes -> Secret.of(new String(bytes, StandardCharsets.US_ASCII)));
  }

  private static Belonging platformKeyOf(TenantId tenant, PlatformKeyId id) {
    return new Belonging("platform_key", tenant, "shared_agent_pool", id.toString(), 1);
  }

  /** A signing secret, sealed to its agent and its version. */
  public byte[] sealSigningSecret(TenantId tenant, AgentId agent, int version, Secret secret) {
    return sealedValues.seal(
        signingSecretOf(tenant, agent, version), secret.bytes(), bytes(SealedValues.NONCE_BYTES));
  }

  /** A signing secret that was sealed so; empty where anything does not fit. */
  public Optional<Secret> openSigningSecret(
      TenantId tenant, AgentId agent, int version, byte[] sealed) {
    return sealedValues
        .open(signingSecretOf(tenant, agent, version), sealed)
        .map(bytes -> Secret.of(new String(bytes, StandardCharsets.US_ASCII)));
  }

  /** What may be shown of a token: enough to tell it from others, too little to use. */
  public static String prefixOf(Secret token, TokenKind kind) {
    return token.reveal().substring(0, kind.prefix().length() + SHOWN_OF_BODY);
  }

  private static Belonging updateKeyOf(TenantId tenant, AgentId agent, int version) {
    return new Belonging("agent_update_key", tenant, agent.toString(), agent.toString(), version);
  }

  private static Belonging signingSecretOf(TenantId tenant, AgentId agent, int version) {
    return new Belonging(
        "agent_signing_secret", tenant, agent.toString(), agent.toString(), version);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
