package dev.muster.server.configuration;

import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of all sources, the strongest of each. A wrong value is noted and the default taken,
 * so that reading goes on to the next problem. Not thread-safe.
 */
final class Settings {
  private static final int MOST_SECRET_BYTES = 64 * 1024;

  private final Sources sources;
  private final ConfigurationFile file;
  private final Problems problems;

  Settings(Sources sources, ConfigurationFile file, Problems problems) {
    this.sources = sources;
    this.file = file;
    this.problems = problems;
  }

  Optional<Found> find(Setting setting) {
    return flag(setting).or(() -> variable(setting.variable())).or(() -> file.value(setting.key()));
  }

  /** Parses what is set; {@code parse} refuses by an {@link IllegalArgumentException}. */
  <T> Optional<T> find(Setting setting, Function<String, T> parse) {
    return parsed(find(setting), parse);
  }

  /** As {@link #find(Setting, Function)}, of what was found already. */
  <T> Optional<T> parsed(Optional<Found> found, Function<String, T> parse) {
    return found.flatMap(given -> {
      try {
        return Optional.of(parse.apply(given.value()));
      } catch (IllegalArgumentException refusal) {
        problems.add(given.place(), String.valueOf(refusal.getMessage()));
        return Optional.empty();
      }
    });
  }

  int number(Setting setting, int usual, int least, int most) {
    return find(setting, text -> Numbers.between(least, most, text)).orElse(usual);
  }

  boolean isOn(Setting setting) {
    return find(setting, Settings::trueOrFalse).orElse(false);
  }

  private static boolean trueOrFalse(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  Optional<Path> path(Setting setting) {
    return find(setting, this::resolved);
  }

  private Path resolved(String text) {
    try {
      return sources.folder().resolve(text).toAbsolutePath().normalize();
    } catch (InvalidPathException invalid) {
      throw new IllegalArgumentException("is not a path", invalid);
    }
  }

  /** A secret that is given itself or by the name of a file. */
  Optional<Secret> secret(Setting setting) {
    return secretAt(setting).map(found -> Secret.of(found.value()));
  }

  /** As {@link #secret}, with the place, for further checks. */
  Optional<Found> secretAt(Setting setting) {
    Optional<Found> flag = flag(setting);
    if (flag.isPresent()) {
      return flag.flatMap(this::contents);
    }
    Optional<Found> value = variable(setting.variable());
    Optional<Found> name = variable(setting.fileVariable());
    if (value.isEmpty() && name.isEmpty()) {
      value = file.text(setting.key());
      name = file.value(setting.fileKey());
    }
    if (value.isPresent() && name.isPresent()) {
      problems.add(name.get().place(), "and " + value.get().place() + ": give one of the two");
      return Optional.empty();
    }
    return value.isPresent() ? value : name.flatMap(this::contents);
  }

  /** Whether a setting is given at all, in whatever form, right or wrong. */
  boolean isGiven(Setting setting) {
    return find(setting).isPresent()
        || setting.isSecret()
            && (variable(setting.fileVariable()).isPresent()
                || file.value(setting.fileKey()).isPresent());
  }

  /** Whether the strongest source that has a setting at all has nothing in it. */
  boolean isEmptied(Setting setting) {
    return Stream.of(
            Optional.ofNullable(sources.flags().get(setting.flag())),
            Optional.ofNullable(sources.environment().get(setting.variable())),
            file.written(setting.key()))
        .flatMap(Optional::stream)
        .findFirst()
        .filter(String::isBlank)
        .isPresent();
  }

  private Optional<Found> contents(Found name) {
    try {
      String text = SmallFile.read(resolved(name.value()), MOST_SECRET_BYTES).strip();
      if (!text.isEmpty()) {
        return Optional.of(new Found(text, name.place()));
      }
      problems.add(name.place(), name.value() + " is empty");
    } catch (IOException unreadable) {
      problems.add(name.place(), name.value() + " " + SmallFile.reason(unreadable));
    } catch (IllegalArgumentException refusal) {
      problems.add(name.place(), String.valueOf(refusal.getMessage()));
    }
    return Optional.empty();
  }

  private Optional<Found> flag(Setting setting) {
    return given(sources.flags().get(setting.flag()), setting.flag());
  }

  private Optional<Found> variable(String name) {
    return given(sources.environment().get(name), name);
  }

  private static Optional<Found> given(@Nullable String value, String place) {
    return Optional.ofNullable(value)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> new Found(text, place));
  }
}
