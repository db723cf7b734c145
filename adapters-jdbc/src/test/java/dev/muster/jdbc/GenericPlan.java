package dev.muster.jdbc;

import java.sql.SQLException;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The plan that a prepared statement has after a while, which knows no values, as it was carried
 * out with some.
 */
public record GenericPlan(String text) {
  private static final Pattern ACTUAL = Pattern.compile("actual rows=([0-9.]+) loops=(\\d+)");

  /**
   * Plans and runs.
   *
   * @param types of the parameters, by commas
   * @param sql with {@code $1} and so on for them
   * @param values literals, by commas
   */
  public static GenericPlan of(Handle handle, String types, String sql, String values) {
    run(handle, "SET LOCAL plan_cache_mode = force_generic_plan");
    run(handle, "PREPARE planned (" + types + ") AS " + sql);
    String plan =
        run(handle, "EXPLAIN (ANALYZE, VERBOSE, TIMING OFF) EXECUTE planned (" + values + ")");
    run(handle, "DEALLOCATE planned");
    return new GenericPlan(plan);
  }

  /** As it stands: what comes after a dollar or a colon here is not for Jdbi. */
  private static String run(Handle handle, String sql) {
    StringJoiner answer = new StringJoiner("\n");
    try (var statement = handle.getConnection().createStatement()) {
      if (statement.execute(sql)) {
        for (var rows = statement.getResultSet(); rows.next(); ) {
          answer.add(rows.getString(1));
        }
      }
      return answer.toString();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** How many entries of an index were read to carry it out. */
  public double entriesRead(String index) {
    return text.lines()
        .filter(line -> line.contains(index))
        .map(ACTUAL::matcher)
        .filter(Matcher::find)
        .mapToDouble(found -> Double.parseDouble(found.group(1)) * Long.parseLong(found.group(2)))
        .sum();
  }
}
