package dev.muster.domain.planted.unmarked;

/** Its package does not say what null means. */
public final class Unmarked {}
