package dev.muster.jdbc.access;

import dev.muster.domain.access.Action;
import dev.muster.domain.access.Permission;
import dev.muster.domain.access.TokenScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of tokens from and to their columns. A name that is not known any more opens nothing.
 */
final class ScopeRows {
  private ScopeRows() {}

  static TokenScope read(ResultSet row) throws SQLException {
    return new TokenScope(
        constants(row, "token_permissions", Permission.values(), Permission::wireName),
        constants(row, "token_actions", Action.values(), Action::wireName),
        row.getBoolean("token_read_only"));
  }

  private static <T> @Nullable Set<T> constants(
      ResultSet row, String column, T[] all, Function<T, String> name) throws SQLException {
    var array = row.getArray(column);
    if (array == null) {
      return null;
    }
    List<String> names = List.of((String[]) array.getArray());
    return Arrays.stream(all)
        .filter(one -> names.contains(name.apply(one)))
        .collect(Collectors.toSet());
  }

  /** For {@code string_to_array}, or null. */
  static @Nullable String permissions(TokenScope scope) {
    return words(scope.permissions(), Permission::wireName);
  }

  /** For {@code string_to_array}, or null. */
  static @Nullable String actions(TokenScope scope) {
    return words(scope.actions(), Action::wireName);
  }

  private static <T> @Nullable String words(@Nullable Set<T> set, Function<T, String> name) {
    return set == null ? null : set.stream().map(name).sorted().collect(Collectors.joining(" "));
  }
}
