package dev.muster.architecture.planted.httppublic.http.job;

final class InnocentDetail {}
