package dev.muster.architecture.planted.technology.application.job;

import dev.muster.architecture.planted.technology.jdbc.Database;

public final class GuiltyService {
  Database database;
}
