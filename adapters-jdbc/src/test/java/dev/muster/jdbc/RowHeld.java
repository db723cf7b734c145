package dev.muster.jdbc;

import org.jdbi.v3.core.Handle;

/** Rows that somebody else has locked and will not give back before it is closed. */
public final class RowHeld implements AutoCloseable {
  private final Handle handle;

  private RowHeld(Handle handle) {
    this.handle = handle;
  }

  /** Locks what a query locks, in a transaction of somebody who may do anything. */
  public static RowHeld of(TestDatabase database, String query) {
    Handle handle = database.asSuperuser().open();
    handle.begin();
    handle.createQuery(query).mapTo(Integer.class).one();
    return new RowHeld(handle);
  }

  @Override
  public void close() {
    handle.rollback();
    handle.close();
  }
}
