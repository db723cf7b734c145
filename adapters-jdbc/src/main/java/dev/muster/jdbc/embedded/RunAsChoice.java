package dev.muster.jdbc.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Decides as whom PostgreSQL runs: at the first start by trying, later by who owns the data. */
final class RunAsChoice {
  private static final Duration PROBE_DEADLINE = Duration.ofSeconds(10);

  private RunAsChoice() {}

  /** The user that owns existing data. */
  static RunAs ownerOf(Path data, Path postgres) throws IOException {
    UserAccount owner = UserAccount.ownerOf(data);
    UserAccount current = UserAccount.current();
    if (!current.isRoot()) {
      return asOneself(data, owner, current);
    }
    List<RunAs> possible = owner.isRoot() ? namespaces() : List.of(new RunAs.AnotherUser(owner));
    return firstThatWorks(possible, data, postgres);
  }

  private static RunAs asOneself(Path data, UserAccount owner, UserAccount current) {
    if (owner.uid() != current.uid()) {
      throw new EmbeddedPostgresException(
          "%s belongs to user %d, but this server runs as user %d; run it as that user, or as root"
              .formatted(data, owner.uid(), current.uid()));
    }
    return new RunAs.Oneself();
  }

  /**
   * For data that is yet to be made. The owner of the folder around it comes first, so that an
   * operator can choose; then {@code postgres}, then {@code nobody}.
   *
   * @param data the empty folder, made by this JVM; it belongs to the chosen user afterwards
   */
  static RunAs forNew(Path data, Path postgres) throws IOException {
    if (!UserAccount.current().isRoot()) {
      return new RunAs.Oneself();
    }
    List<RunAs> possible = new ArrayList<>();
    UserAccount around = UserAccount.ownerOf(data.resolveSibling("."));
    if (!around.isRoot()) {
      possible.add(new RunAs.AnotherUser(around));
    }
    for (String name : List.of("postgres", "nobody")) {
      UserAccount.named(name).map(RunAs.AnotherUser::new).ifPresent(possible::add);
    }
    possible.addAll(namespaces());
    return firstThatWorks(possible, data, postgres);
  }

  private static List<RunAs> namespaces() throws IOException {
    return UserAccount.named("nobody").<RunAs>map(RunAs.Namespace::new).stream().toList();
  }

  private static RunAs firstThatWorks(List<RunAs> possible, Path data, Path postgres)
      throws IOException {
    for (RunAs candidate : possible) {
      candidate.own(data);
      if (works(candidate, data, postgres)) {
        return candidate;
      }
      new RunAs.AnotherUser(new UserAccount(UserAccount.ROOT, UserAccount.ROOT)).own(data);
    }
    throw new EmbeddedPostgresException(
        "PostgreSQL does not run as root, and no other user can reach "
            + data.getParent()
            + " (tried "
            + String.join(", ", possible.stream().map(r -> String.join(" ", r.prefix())).toList())
            + "); use a folder that others may pass through, or run the server as another user");
  }

  private static boolean works(RunAs candidate, Path data, Path postgres) throws IOException {
    var reach =
        List.of(
            "sh",
            "-c",
            "cd \"$1\" && test -w . && exec \"$2\" --version",
            "sh",
            data.toString(),
            postgres.toString());
    return new Tool(candidate, Path.of("/"), PROBE_DEADLINE).run(reach).succeeded();
  }
}
