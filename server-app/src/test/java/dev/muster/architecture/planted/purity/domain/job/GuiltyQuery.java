package dev.muster.architecture.planted.purity.domain.job;

import java.sql.Connection;

public final class GuiltyQuery {
  Connection connection;
}
