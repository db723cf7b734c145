package dev.muster.domain.update;

import org.jspecify.annotations.Nullable;

/**
 * An offer as it came: nothing of it is known to be true.
 *
 * @param text what is said to be signed
 * @param signature its code under the agent's update key, in hex
 * @param publisherSignature the publisher's over the release, in hex, or null where there is none
 */
public record SignedOffer(String text, String signature, @Nullable String publisherSignature) {}
