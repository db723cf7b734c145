package dev.muster.wire.caller;

import dev.muster.domain.credential.SignedCommand;
import dev.muster.ports.in.access.Gate.Signed;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads from the headers how a request is signed. */
public final class SignatureHeaders {
  private static final String TIMESTAMP = "X-Signature-Timestamp";
  private static final String NONCE = "X-Signature-Nonce";
  private static final String SIGNATURE = "X-Signature";

  private SignatureHeaders() {}

  /**
   * What the headers say, or null where none of them is there: then the body is not asked for.
   *
   * @param target path and query as they were sent
   * @param body the body's bytes, before anybody has made anything of them
   */
  public static @Nullable Signed read(
      Headers headers, String method, String target, Supplier<byte[]> body) {
    return List.of(TIMESTAMP, NONCE, SIGNATURE).stream()
            .allMatch(name -> headers.all(name).isEmpty())
        ? null
        : new Signed(
            method,
            target,
            headers.single(TIMESTAMP),
            headers.single(NONCE),
            headers.single(SIGNATURE),
            SignedCommand.hashOf(body.get()));
  }
}
