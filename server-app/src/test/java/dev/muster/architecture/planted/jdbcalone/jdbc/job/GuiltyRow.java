package dev.muster.architecture.planted.jdbcalone.jdbc.job;

import dev.muster.architecture.planted.jdbcalone.http.job.JobJson;

public final class GuiltyRow {
  JobJson json;
}
