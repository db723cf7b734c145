package dev.muster.http.job;

import dev.muster.domain.credential.Secret;
import dev.muster.wire.caller.Ids;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Puts the tokens of jobs where a stored answer has null for them, and leaves every other character
 * as it is: payloads in it may look like anything, and are answered as they were the first time.
 * For one answer.
 */
final class StoredTokens {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  /** Inside the answer, its list, and one of its jobs; there the job itself has its id. */
  private static final int IN_SUBMITTED = 3;

  private final String stored;
  private final Function<UUID, Secret> tokenOf;
  private final StringBuilder filled = new StringBuilder();
  private int copied;
  private int depth;
  private @Nullable UUID job;

  private StoredTokens(String stored, Function<UUID, Secret> tokenOf) {
    this.stored = stored;
    this.tokenOf = tokenOf;
  }

  static String fillIn(String stored, Function<UUID, Secret> tokenOf) {
    return new StoredTokens(stored, tokenOf).fillIn();
  }

  private String fillIn() {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), stored)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        take(parser, token);
      }
    }
    return filled.append(stored, copied, stored.length()).toString();
  }

  private void take(JsonParser parser, JsonToken token) {
    if (token.isStructStart()) {
      depth++;
    } else if (token.isStructEnd()) {
      depth--;
    } else if (depth == IN_SUBMITTED + 1 && isValueOf(parser, token, "id")) {
      job = Ids.parse(parser.getString());
    } else if (depth == IN_SUBMITTED && isValueOf(parser, token, JobJson.TOKEN) && job != null) {
      int at = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
      filled.append(stored, copied, at).append('"').append(tokenOf.apply(job).reveal()).append('"');
      copied = at + "null".length();
    }
  }

  private static boolean isValueOf(JsonParser parser, JsonToken token, String name) {
    return token.isScalarValue() && name.equals(parser.currentName());
  }
}
