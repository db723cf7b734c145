package dev.muster.architecture.planted.servicepublic.application.job;

final class InnocentDetail {}
