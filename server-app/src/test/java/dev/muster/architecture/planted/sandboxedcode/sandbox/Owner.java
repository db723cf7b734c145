package dev.muster.architecture.planted.sandboxedcode.sandbox;

public record Owner() {}
