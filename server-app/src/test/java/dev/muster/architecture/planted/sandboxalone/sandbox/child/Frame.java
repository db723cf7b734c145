package dev.muster.architecture.planted.sandboxalone.sandbox.child;

public record Frame() {}
