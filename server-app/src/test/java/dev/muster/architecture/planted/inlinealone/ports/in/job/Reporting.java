package dev.muster.architecture.planted.inlinealone.ports.in.job;

public interface Reporting {}
