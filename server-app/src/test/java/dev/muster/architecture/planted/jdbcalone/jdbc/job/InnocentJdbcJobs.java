package dev.muster.architecture.planted.jdbcalone.jdbc.job;

import dev.muster.architecture.planted.jdbcalone.ports.out.job.Jobs;

public final class InnocentJdbcJobs implements Jobs {}
