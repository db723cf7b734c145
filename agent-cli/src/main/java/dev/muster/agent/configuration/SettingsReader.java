package dev.muster.agent.configuration;

import dev.muster.agent.configuration.Sources.Found;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings as what they are; a wrong value is noted and the default taken, so that reading
 * goes on to the next problem. Not thread-safe.
 */
final class SettingsReader {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h)?");

  private final Sources sources;
  private final Problems problems;

  SettingsReader(Sources sources, Problems problems) {
    this.sources = sources;
    this.problems = problems;
  }

  Optional<Found> found(Setting setting) {
    return sources.find(setting, problems);
  }

  String text(Setting setting, String fallback, Pattern form) {
    return found(setting).filter(found -> matches(found, form)).map(Found::value).orElse(fallback);
  }

  Set<String> texts(Setting setting, Pattern form, int most) {
    List<Found> all = sources.findAll(setting, problems).orElse(List.of());
    if (all.size() > most) {
      problems.add(all.getFirst().place(), "must not be more than " + most);
    }
    Set<String> texts = new LinkedHashSet<>();
    all.stream().filter(found -> matches(found, form)).map(Found::value).forEach(texts::add);
    return texts;
  }

  int number(Setting setting, int fallback, int least, int most) {
    Optional<Found> found = found(setting);
    if (found.isEmpty()) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(found.get().value());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Reported below, like a number out of range.
    }
    problems.add(found.get().place(), "must be a whole number from " + least + " to " + most);
    return fallback;
  }

  boolean flag(Setting setting) {
    Optional<Found> found = found(setting);
    if (found.isEmpty() || found.get().value().equals("false")) {
      return false;
    }
    if (!found.get().value().equals("true")) {
      problems.add(found.get().place(), "must be true or false");
    }
    return found.get().value().equals("true");
  }

  Duration time(Setting setting, Duration fallback, Duration most) {
    Optional<Found> found = found(setting);
    if (found.isEmpty()) {
      return fallback;
    }
    Matcher matcher = TIME.matcher(found.get().value());
    if (matcher.matches()) {
      Duration time = time(Long.parseLong(matcher.group(1)), matcher.group(2));
      if (time.compareTo(most) <= 0) {
        return time;
      }
    }
    problems.add(
        found.get().place(), "must be a time such as 30s or 2m, at most " + most.toSeconds() + "s");
    return fallback;
  }

  Path path(Setting setting, Path fallback) {
    return optionalPath(setting).orElse(fallback);
  }

  Optional<Path> optionalPath(Setting setting) {
    return found(setting)
        .flatMap(found -> {
          try {
            return Optional.of(Path.of(found.value()));
          } catch (InvalidPathException notAPath) {
            problems.add(found.place(), "is not a file name");
            return Optional.empty();
          }
        });
  }

  private boolean matches(Found found, Pattern form) {
    if (form.matcher(found.value()).matches()) {
      return true;
    }
    problems.add(found.place(), "must match " + form.pattern());
    return false;
  }

  private static Duration time(long amount, @Nullable String unit) {
    return switch (unit == null ? "s" : unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofSeconds(amount);
    };
  }
}
