package dev.muster.wire.caller;

import dev.muster.domain.credential.Secret;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The proxies before the server, and what is believed of them.
 *
 * @param hops how many of them append to {@code X-Forwarded-For}; 0 believes none
 * @param addresses tells theirs; null where nobody said which they are: then whoever connects is
 *     believed about the caller's address as far as {@code hops} says, and nobody about
 *     certificates
 * @param secret what they send along in {@code X-Proxy-Secret}; empty: nobody is believed about
 *     certificates
 */
public record Proxies(
    int hops, @Nullable Predicate<InetAddress> addresses, Optional<Secret> secret) {
  /** None. */
  public static final Proxies NONE = new Proxies(0, null, Optional.empty());

  private static final String SECRET_HEADER = "X-Proxy-Secret";

  /** Whether somebody who is connected may say for whom. */
  boolean mayForward(String socket) {
    return hops > 0 && (addresses == null || isOurs(socket));
  }

  /** Whether somebody who is connected has shown that it is a proxy of ours. */
  boolean vouches(String socket, Headers headers) {
    return isOurs(socket) && hasSecret(headers);
  }

  private boolean isOurs(String socket) {
    Predicate<InetAddress> ours = addresses;
    return ours != null && AddressLiteral.parse(socket).filter(ours).isPresent();
  }

  private boolean hasSecret(Headers headers) {
    String shown = headers.single(SECRET_HEADER);
    return shown != null
        && secret.filter(expected -> expected.matches(Secret.of(shown))).isPresent();
  }
}
