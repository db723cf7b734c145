package dev.muster.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives each tool a control group of its own below the agent's, where whoever started the agent
 * left that to it, as its systemd unit does. Elsewhere there are none, and tools are found by
 * session and mark alone. Thread-safe.
 */
public final class JobGroups {
  /** There are none here. */
  public static final JobGroups NONE = new JobGroups(null);

  private static final Path PROC = Path.of("/proc/self");

  /** What systemd sets on groups that it delegates. */
  private static final String DELEGATED = "delegate";

  private static final int ROOT_FIELD = 3;
  private static final int MOUNT_FIELD = 4;

  private final @Nullable ControlGroup all;

  private JobGroups(@Nullable ControlGroup all) {
    this.all = all;
  }

  /**
   * Looks for this process's own group.
   *
   * @param agentInstance tells this agent's groups from those of another beside it
   */
  public static JobGroups find(String agentInstance) {
    return find(PROC, agentInstance);
  }

  static JobGroups find(Path proc, String agentInstance) {
    try {
      return own(proc)
          .filter(JobGroups::isDelegated)
          .map(own -> in(own, agentInstance))
          .orElse(NONE);
    } catch (IOException | RuntimeException unlikeLinux) {
      return NONE;
    }
  }

  /** Below this folder, which is a group that may be used. */
  static JobGroups in(Path own, String agentInstance) {
    return new JobGroups(new ControlGroup(own.resolve("muster-agent-" + agentInstance)));
  }

  /** The folder that holds them; empty where there are none. */
  public Optional<Path> folder() {
    return Optional.ofNullable(all).map(ControlGroup::folder);
  }

  /** All of this agent's, those of an earlier run too. */
  Optional<ControlGroup> all() {
    return Optional.ofNullable(all);
  }

  /** Makes one for a tool; empty where that cannot be done. */
  Optional<ControlGroup> make(ProcessMark mark) {
    if (all == null) {
      return Optional.empty();
    }
    ControlGroup group = new ControlGroup(all.folder().resolve(mark.job() + "." + mark.attempt()));
    try {
      group.make();
      return Optional.of(group);
    } catch (IOException refused) {
      return Optional.empty();
    }
  }

  /** The folder of the group that this process is in; proc(5), cgroups(7). */
  private static Optional<Path> own(Path proc) throws IOException {
    Optional<String> path =
        Files.readAllLines(proc.resolve("cgroup")).stream()
            .filter(line -> line.startsWith("0::/"))
            .map(line -> line.substring("0::".length()))
            .findFirst();
    if (path.isEmpty()) {
      return Optional.empty();
    }
    for (String line : Files.readAllLines(proc.resolve("mountinfo"))) {
      List<String> fields = List.of(line.split(" "));
      if (line.contains(" - cgroup2 ") && path.get().startsWith(fields.get(ROOT_FIELD))) {
        Path root = Path.of(fields.get(ROOT_FIELD));
        Path folder =
            Path.of(fields.get(MOUNT_FIELD)).resolve(root.relativize(Path.of(path.get())));
        return Optional.of(folder).filter(Files::isDirectory);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether it is the agent's to divide: its user's own, which no group is by itself, or, for root,
   * which may write everywhere, marked so.
   */
  private static boolean isDelegated(Path own) {
    if (!Files.isWritable(own) || !Files.isWritable(own.resolve("cgroup.procs"))) {
      return false;
    }
    try {
      int owner = (int) Files.getAttribute(own, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      return owner != 0 || isMarked(own);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  private static boolean isMarked(Path own) throws IOException {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(own, UserDefinedFileAttributeView.class);
    return view != null && view.list().contains(DELEGATED);
  }
}
