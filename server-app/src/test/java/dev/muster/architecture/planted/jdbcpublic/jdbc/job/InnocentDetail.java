package dev.muster.architecture.planted.jdbcpublic.jdbc.job;

final class InnocentDetail {}
