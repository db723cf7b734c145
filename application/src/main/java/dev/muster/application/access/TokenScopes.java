package dev.muster.application.access;

import dev.muster.domain.access.Action;
import dev.muster.domain.access.Permission;
import dev.muster.domain.access.TokenScope;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The scopes of tokens in audit entries. */
final class TokenScopes {
  private TokenScopes() {}

  /** In words, or null for one that takes nothing away. */
  static @Nullable String words(TokenScope scope) {
    if (scope.equals(TokenScope.ALL)) {
      return null;
    }
    return (words(scope.permissions(), Permission::wireName)
            + words(scope.actions(), Action::wireName)
            + (scope.readOnly() ? "read_only" : ""))
        .strip();
  }

  private static <T> String words(@Nullable Set<T> set, Function<T, String> name) {
    return set == null
        ? ""
        : set.stream().map(name).sorted().collect(Collectors.joining(" ")) + " ";
  }
}
