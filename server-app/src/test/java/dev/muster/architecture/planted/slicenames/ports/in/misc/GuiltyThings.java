package dev.muster.architecture.planted.slicenames.ports.in.misc;

public interface GuiltyThings {}
