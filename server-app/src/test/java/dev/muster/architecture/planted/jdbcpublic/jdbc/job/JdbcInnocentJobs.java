package dev.muster.architecture.planted.jdbcpublic.jdbc.job;

public final class JdbcInnocentJobs {}
