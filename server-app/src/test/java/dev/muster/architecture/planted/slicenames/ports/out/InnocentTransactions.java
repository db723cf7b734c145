package dev.muster.architecture.planted.slicenames.ports.out;

public interface InnocentTransactions {}
