package dev.muster.architecture.planted.technology.jdbc;

public final class Database {}
