package dev.muster.architecture.planted.httppublic.http.job;

public final class GuiltyRow {}
