package dev.muster.architecture.planted.slicenames.ports.out.storage;

public interface GuiltyStorage {}
