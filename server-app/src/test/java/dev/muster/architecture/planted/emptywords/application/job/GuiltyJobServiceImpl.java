package dev.muster.architecture.planted.emptywords.application.job;

final class GuiltyJobServiceImpl {}
