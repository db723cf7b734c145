package dev.muster.grpc;

import dev.muster.domain.access.Action;
import dev.muster.domain.job.JobId;
import dev.muster.ports.in.access.Audience;
import dev.muster.ports.in.access.Caller;
import dev.muster.wire.access.Doorman;
import dev.muster.wire.caller.Ids;
import dev.muster.wire.fleet.HeartbeatCalls;
import dev.muster.wire.problem.Rejection;
import dev.muster.wire.scheduling.ReportCalls;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The methods of the service, and what each asks for. */
final class AgentMethods {
  static final String SERVICE = "muster.agent.v1.AgentService";
  static final Doorman.Needed CLAIM = new Doorman.Needed(Action.JOB_CLAIM, Audience.AGENTS);

  /** Of a claim, and of a heartbeat with a thousand jobs. */
  static final int USUAL_BYTES = 1 << 20;

  /** What a message has beside its document. */
  static final int ENVELOPE_BYTES = 1_024;

  private AgentMethods() {}

  /** Answers a call. */
  interface Handler {
    ObjectNode answer(Caller caller, String job, JsonNode document);
  }

  /**
   * A method that is answered once.
   *
   * @param most the most bytes of its document
   */
  record Unary(String name, Doorman.Needed needed, int most, Handler handler) {
    MethodDescriptor<byte[], byte[]> descriptor() {
      return AgentMethods.descriptor(name, MethodType.UNARY, most);
    }
  }

  static List<Unary> of(HeartbeatCalls heartbeats, ReportCalls reports) {
    return List.of(
        new Unary(
            "Heartbeat",
            new Doorman.Needed(Action.AGENT_HEARTBEAT, Audience.AGENTS),
            USUAL_BYTES,
            (caller, job, document) -> heartbeats.heartbeat(caller, document)),
        new Unary(
            "Report",
            new Doorman.Needed(Action.JOB_REPORT, Audience.AGENTS),
            ReportCalls.REPORT_BYTES,
            (caller, job, document) -> reports.report(caller, jobId(job), document)),
        new Unary(
            "ReportAll",
            new Doorman.Needed(Action.JOB_REPORT, Audience.AGENTS),
            ReportCalls.BATCH_BYTES,
            (caller, job, document) -> reports.reportAll(caller, document)),
        new Unary(
            "Log",
            new Doorman.Needed(Action.JOB_LOG, Audience.AGENTS),
            ReportCalls.BATCH_BYTES,
            (caller, job, document) -> reports.log(caller, jobId(job), document)));
  }

  static MethodDescriptor<byte[], byte[]> descriptor(String name, MethodType type, int most) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setRequestMarshaller(new Marshalling(most + ENVELOPE_BYTES))
        .setResponseMarshaller(new Marshalling(Integer.MAX_VALUE - 1))
        .build();
  }

  /** What is no id is an id of nothing. */
  private static JobId jobId(String text) {
    var id = Ids.parse(text);
    if (id == null) {
      throw Rejection.notFound();
    }
    return new JobId(id);
  }
}
