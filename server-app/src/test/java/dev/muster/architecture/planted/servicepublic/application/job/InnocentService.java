package dev.muster.architecture.planted.servicepublic.application.job;

public final class InnocentService {}
