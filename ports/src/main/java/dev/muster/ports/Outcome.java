package dev.muster.ports;

import java.util.function.Function;

/**
 * How an operation ended: done, or refused. A refusal undoes the transaction in which it was
 * returned.
 */
public sealed interface Outcome<T> {
  /** It was done. */
  record Done<T>(T value) implements Outcome<T> {}

  /** It was refused, and nothing was changed. */
  record Refused<T>(Refusal refusal) implements Outcome<T> {}

  /** Done, with a value. */
  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  /** Refused. */
  static <T> Outcome<T> refused(Refusal.Code code, String detail) {
    return new Refused<>(Refusal.of(code, detail));
  }

  /** The same outcome with another value. */
  default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
    return switch (this) {
      case Done<T> done -> new Done<>(change.apply(done.value()));
      case Refused<T> refused -> new Refused<>(refused.refusal());
    };
  }

  /** Goes on with the value where there is one. */
  default <R> Outcome<R> then(Function<? super T, Outcome<R>> next) {
    return switch (this) {
      case Done<T> done -> next.apply(done.value());
      case Refused<T> refused -> new Refused<>(refused.refusal());
    };
  }
}
