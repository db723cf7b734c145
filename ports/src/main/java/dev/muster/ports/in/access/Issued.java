package dev.muster.ports.in.access;

import dev.muster.domain.credential.Secret;

/** A record, and the secret that goes with it, which is shown this once. */
public record Issued<T>(T record, Secret secret) {}
