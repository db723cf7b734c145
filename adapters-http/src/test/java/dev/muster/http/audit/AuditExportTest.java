package dev.muster.http.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.domain.audit.AuditEntry;
import dev.muster.domain.tenancy.TenantId;
import dev.muster.http.audit.AuditJson.Format;
import dev.muster.http.route.Answer;
import dev.muster.http.route.Watch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class AuditExportTest {
  private static final Watch GO_ON = pause -> true;
  private static final long MEBIBYTE = 1 << 20;

  @Test
  void a_line_of_json_is_the_entry_as_lists_show_it() throws IOException {
    String text = exported(Format.NDJSON, entry("Ada", null), entry("Zoë", "{\"a\": 1}"));

    assertThat(text.lines()).hasSize(2);
    var json = JsonMapper.shared().readTree(text.lines().toList().getLast());
    assertThat(json.at("/actor/name").asString()).isEqualTo("Zoë");
    assertThat(json.at("/after/a").asInt()).isEqualTo(1);
    assertThat(json)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    dev.muster.wire.json.Json.write(AuditJson.of(entry("Zoë", "{\"a\": 1}")))));
  }

  @Test
  void a_table_has_a_heading_and_every_cell_quoted() throws IOException {
    String text = exported(Format.CSV, entry("A \"b\", c\nd", "{\"a\": 1}"));

    assertThat(text).startsWith("id,tenant_id,at,actor_kind,").endsWith("\r\n");
    assertThat(text)
        .contains("\"2026-01-31T12:00:00.123456Z\"")
        .contains("\"A \"\"b\"\", c\nd\"")
        .contains("\"{\"\"a\"\": 1}\"")
        .contains(",\"done\",,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "|x",
        "%0A",
        "＝1",
        "＋1",
        "－1",
        "＠x"
      })
  void nothing_that_a_spreadsheet_would_run_is_left_as_it_is(String name) throws IOException {
    assertThat(exported(Format.CSV, entry(name, null))).contains("\"'" + name + "\"");
  }

  @Test
  void a_million_entries_need_no_more_memory_than_a_few() throws IOException {
    List<Long> used = new ArrayList<>();
    int parts = 1_000;
    var made = new int[1];
    AuditExport export =
        new AuditExport(
            Format.CSV,
            () -> {
              if (made[0]++ % 100 == 0) {
                used.add(usedHeap());
              }
              return made[0] > parts ? List.of() : part();
            },
            GO_ON);

    var counted = new Counting();
    write(export, counted);

    assertThat(counted.bytes).isGreaterThan(200 * MEBIBYTE);
    assertThat(Collections.max(used) - used.getFirst()).isLessThan(16 * MEBIBYTE);
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static List<AuditEntry> part() {
    return IntStream.range(0, AuditExport.PART)
        .mapToObj(i -> entry("number " + i, "{\"status\":\"queued\"}"))
        .toList();
  }

  private static String exported(Format format, AuditEntry... entries) throws IOException {
    var parts = new ArrayDeque<List<AuditEntry>>(List.of(List.of(entries), List.of()));
    var out = new ByteArrayOutputStream();
    write(new AuditExport(format, parts::pop, GO_ON), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void write(AuditExport export, OutputStream out) throws IOException {
    ((Answer.Stream) export.answer()).writer().writeTo(out);
  }

  private static AuditEntry entry(String name, @Nullable String after) {
    return new AuditEntry(
        new UUID(1, 2),
        TenantId.SYSTEM,
        new AuditEntry.Actor("user", new UUID(3, 4), name),
        "job.submit",
        new AuditEntry.Resource("job", "j-1"),
        AuditEntry.Outcome.DONE,
        null,
        after,
        new AuditEntry.Origin("192.0.2.1", "curl/8", "r-1"),
        Instant.parse("2026-01-31T12:00:00.123456Z"));
  }

  /** Takes everything and keeps nothing. */
  private static final class Counting extends OutputStream {
    long bytes;

    @Override
    public void write(int one) {
      bytes++;
    }

    @Override
    public void write(byte[] some, int from, int length) {
      bytes += length;
    }
  }
}
