package dev.muster.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With folders that look like the kernel's. */
class JobGroupsTest {
  private static final ProcessMark MARK = new ProcessMark("job", 2, "one");

  @TempDir private Path folder;
  private Path own;

  @BeforeEach
  void make_a_group_file_system() throws Exception {
    own = Files.createDirectories(folder.resolve("fs/system.slice/muster-agent.service"));
    Files.createFile(own.resolve("cgroup.procs"));
    proc("4:memory:/elsewhere\n0::/system.slice/muster-agent.service\n", "/");
  }

  @Test
  void the_own_group_is_used_where_it_was_left_to_the_agent() throws Exception {
    delegate(own);

    JobGroups groups = JobGroups.find(folder, "one");

    assertThat(groups.folder()).contains(own.resolve("muster-agent-one"));
    assertThat(groups.make(MARK).orElseThrow().folder())
        .isEqualTo(own.resolve("muster-agent-one/job.2"))
        .isDirectory();
  }

  @Test
  void a_part_of_the_group_file_system_that_is_mounted_alone_is_found_too() throws Exception {
    proc("0::/machine/a/system.slice/muster-agent.service\n", "/machine/a");
    delegate(own);

    assertThat(JobGroups.find(folder, "one").folder()).contains(own.resolve("muster-agent-one"));
  }

  @Test
  void another_owners_group_or_none_is_left_alone() throws Exception {
    // Without the mark it is root's, where the tests run as root.
    if ((int) Files.getAttribute(own, "unix:uid") == 0) {
      assertThat(JobGroups.find(folder, "one").folder()).isEmpty();
    }
    delegate(own);
    proc("0::/system.slice/other.service\n", "/");
    assertThat(JobGroups.find(folder, "one").folder()).isEmpty();
    proc("4:memory:/system.slice/muster-agent.service\n", "/");
    assertThat(JobGroups.find(folder, "one").folder()).isEmpty();
    assertThat(JobGroups.find(folder.resolve("no-proc"), "one").folder()).isEmpty();
    assertThat(JobGroups.NONE.make(MARK)).isEmpty();
  }

  @Test
  void members_are_those_of_the_group_and_of_all_below_it() throws Exception {
    Files.writeString(own.resolve("cgroup.procs"), "7\n0\n8\n");
    Path below = Files.createDirectories(own.resolve("a/b"));
    Files.writeString(below.resolve("cgroup.procs"), "9\n");

    assertThat(new ControlGroup(own).members()).containsExactlyInAnyOrder(7L, 8L, 9L);
    assertThat(new ControlGroup(folder.resolve("gone")).members()).isEmpty();
  }

  @Test
  void a_group_goes_with_all_below_it_and_one_that_is_in_use_stays() throws Exception {
    ControlGroup used = new ControlGroup(own);
    ControlGroup empty = new ControlGroup(Files.createDirectories(folder.resolve("empty/a/b")));

    used.remove();
    new ControlGroup(folder.resolve("empty")).remove();

    assertThat(own).exists();
    assertThat(empty.folder()).doesNotExist();
    assertThat(folder.resolve("empty")).doesNotExist();
  }

  @Test
  void a_kernel_that_kills_groups_is_told_to_and_one_that_does_not_is_not() throws Exception {
    ControlGroup group = new ControlGroup(own);
    group.kill();
    assertThat(own.resolve("cgroup.kill")).doesNotExist();

    Files.createFile(own.resolve("cgroup.kill"));
    group.kill();

    assertThat(own.resolve("cgroup.kill")).hasContent("1");
  }

  @Test
  void a_program_whose_variables_no_shell_hands_on_is_started_without_one() {
    Optional<ControlGroup> group = Optional.of(new ControlGroup(own));

    assertThat(Starting.of(Commands.of(folder, Map.of("A", "b"), "true"), group).joins()).isTrue();
    for (String name : List.of("a.b", "c-d", "PWD", "IFS", "OPTIND", "1A")) {
      Starting starting = Starting.of(Commands.of(folder, Map.of(name, "b"), "true"), group);
      assertThat(starting.joins()).as(name).isFalse();
      assertThat(starting.line()).doesNotContain("/bin/sh");
    }
    assertThat(Starting.of(Commands.of(folder, Map.of(), "true"), Optional.empty()).joins())
        .isFalse();
  }

  private void proc(String cgroup, String root) throws Exception {
    Files.writeString(folder.resolve("cgroup"), cgroup);
    Files.writeString(
        folder.resolve("mountinfo"),
        """
        22 1 0:20 / / rw - ext4 /dev/root rw
        23 22 0:21 %s %s rw,relatime shared:9 - cgroup2 cgroup2 rw
        """
            .formatted(root, folder.resolve("fs")));
  }

  private static void delegate(Path group) throws Exception {
    Files.getFileAttributeView(group, UserDefinedFileAttributeView.class)
        .write("delegate", StandardCharsets.US_ASCII.encode("1"));
  }
}
