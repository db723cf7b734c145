package dev.muster.jdbc.enrolment;

import dev.muster.jdbc.TestDatabase;
import dev.muster.ports.out.enrolment.Attempts;
import dev.muster.ports.out.enrolment.AttemptsContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcAttemptsTest extends AttemptsContract {
  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.open();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  protected Attempts attempts() {
    return new JdbcAttempts(database.transactions());
  }
}
