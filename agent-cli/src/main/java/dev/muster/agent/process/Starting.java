package dev.muster.agent.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a program is started: its command line, each part of which becomes the next. All of it is one
 * process, so that the program keeps the id that we know: setsid(1) does not fork here either,
 * since a child of this process never leads its group.
 *
 * @param line what to start
 * @param joins whether it joins its group itself, before it is the program and can start others
 */
record Starting(List<String> line, boolean joins) {
  private static final String SHELL = "/bin/sh";

  /** A shell hands on no variable of another form, as some do. */
  private static final Pattern HANDED_ON = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Nor these as they are. */
  private static final Set<String> OF_SHELL =
      Set.of(
          "PWD",
          "OLDPWD",
          "SHLVL",
          "_",
          "OPTIND",
          "IFS",
          "PPID",
          "UID",
          "EUID",
          "SHELLOPTS",
          "BASHOPTS");

  /** The program in a session of its own and, if it has one, in its group. */
  static Starting of(ToolCommand command, Optional<ControlGroup> group) {
    List<String> line = new ArrayList<>();
    boolean joins = group.isPresent() && canPass(command.environment().keySet());
    if (joins) {
      // Where it cannot join, it runs all the same: session and mark are still there.
      String unset =
          "PWD OLDPWD SHLVL _" + (command.environment().containsKey("PATH") ? "" : " PATH");
      String join = "{ echo 0 >\"$1\"; } 2>/dev/null; shift; unset -v " + unset + "; exec \"$@\"";
      line.addAll(List.of(SHELL, "-c", join, SHELL, group.get().door().toString()));
    }
    Stream.of("/usr/bin/setsid", "/bin/setsid")
        .filter(program -> Files.isExecutable(Path.of(program)))
        .findFirst()
        .ifPresent(line::add);
    line.addAll(command.arguments());
    return new Starting(line, joins);
  }

  /** Whether a shell hands on these variables, and no other value of them. */
  private static boolean canPass(Set<String> names) {
    return Files.isExecutable(Path.of(SHELL))
        && names.stream()
            .allMatch(name -> HANDED_ON.matcher(name).matches() && !OF_SHELL.contains(name));
  }
}
