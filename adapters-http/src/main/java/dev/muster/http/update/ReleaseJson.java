package dev.muster.http.update;

import dev.muster.domain.fleet.AgentId;
import dev.muster.domain.update.Release;
import dev.muster.domain.update.Rollout;
import dev.muster.ports.in.update.ReleaseAdministration.NewRelease;
import dev.muster.ports.in.update.ReleaseAdministration.Reach;
import dev.muster.ports.in.update.ReleaseAdministration.ReleaseStanding;
import dev.muster.ports.in.update.ReleaseAdministration.Tally;
import dev.muster.wire.document.Words;
import dev.muster.wire.json.InvalidFields;
import dev.muster.wire.json.Json;
import dev.muster.wire.json.Kind;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Releases on the wire. */
final class ReleaseJson {
  private static final int MOST_JAVA = 999;
  private static final int MOST_REGIONS = 100;
  private static final int MOST_PINNED = 10_000;
  private static final int USUAL_JAVA = 25;

  private static final Kind<String> HASH =
      Kinds.matching(Pattern.compile("[0-9a-f]{64}"), 64, "64 lower-case hex digits");
  private static final Kind<String> SIGNATURE =
      Kinds.matching(Pattern.compile("[0-9a-f]{128}"), 128, "128 lower-case hex digits");

  static final Shape<NewRelease> NEW =
      in -> {
        var sequence = in.required("sequence", Kinds.wholeNumber(1, Long.MAX_VALUE));
        var floor = in.optional("floor", Kinds.wholeNumber(0, Long.MAX_VALUE));
        var version = in.required("version", Words.VERSION);
        var java = in.optional("least_java", Kinds.integer(1, MOST_JAVA));
        var length = in.required("length", Kinds.wholeNumber(1, Release.MOST_BYTES));
        var sha256 = in.required("sha256", HASH);
        var signature = in.optional("publisher_signature", SIGNATURE);
        return () ->
            new NewRelease(
                new Release(
                    sequence.get(),
                    atMost(sequence.get(), floor.or(0L)),
                    version.get(),
                    java.or(USUAL_JAVA),
                    length.get(),
                    sha256.get()),
                signature.orNull());
      };

  static final Shape<Reach> REACH =
      in -> {
        var percentage = in.optional("percentage", Kinds.integer(0, 100));
        var regions = in.optional("regions", Kinds.uniqueList(Words.LABEL, MOST_REGIONS));
        var agents =
            in.optional("agents", Kinds.uniqueList(Kinds.uuid().as(AgentId::new), MOST_PINNED));
        return () ->
            new Reach(
                percentage.or(0),
                Set.copyOf(regions.or(List.of())),
                Set.copyOf(agents.or(List.of())));
      };

  private ReleaseJson() {}

  private static long atMost(long sequence, long floor) {
    if (floor > sequence) {
      throw InvalidFields.at("/floor", "must be at most the sequence");
    }
    return floor;
  }

  static ObjectNode of(ReleaseStanding standing) {
    Release release = standing.release().release();
    var json = Json.object();
    json.put("sequence", release.sequence());
    json.put("floor", release.floor());
    json.put("version", release.version());
    json.put("least_java", release.leastJava());
    json.put("length", release.length());
    json.put("sha256", release.sha256());
    json.put("publisher_signature", standing.release().publisherSignature());
    json.put("complete", standing.complete());
    json.set("rollout", of(standing.rollout()));
    json.set("agents", of(standing.tally()));
    json.put("created_at", Json.time(standing.createdAt()));
    json.put("created_by", standing.createdBy());
    return json;
  }

  private static ObjectNode of(Rollout rollout) {
    var json = Json.object();
    json.put("status", rollout.status().wireName());
    json.put("percentage", rollout.percentage());
    json.set("regions", Json.strings(rollout.regions().stream().sorted().toList()));
    json.set(
        "agents", Json.strings(rollout.pinned().stream().map(AgentId::toString).sorted().toList()));
    return json;
  }

  private static ObjectNode of(Tally tally) {
    var json = Json.object();
    json.put("offered", tally.offered());
    json.put("applied", tally.applied());
    json.put("reverted", tally.reverted());
    json.put("rejected", tally.rejected());
    return json;
  }
}
