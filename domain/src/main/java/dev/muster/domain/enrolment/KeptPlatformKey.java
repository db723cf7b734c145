package dev.muster.domain.enrolment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known in the open of a platform key.
 *
 * @param keyId the first eight hex digits of its SHA-256, by which agents name it
 * @param expiresAt when it ends, or null for the one that is current
 */
public record KeptPlatformKey(
    PlatformKeyId id, String keyId, Instant createdAt, @Nullable Instant expiresAt) {}
