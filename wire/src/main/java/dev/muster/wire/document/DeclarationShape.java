package dev.muster.wire.document;

import dev.muster.domain.fleet.Abilities;
import dev.muster.domain.fleet.Agent;
import dev.muster.domain.fleet.AgentName;
import dev.muster.ports.in.access.Caller;
import dev.muster.ports.in.enrolment.Declaration;
import dev.muster.wire.json.Fields;
import dev.muster.wire.json.Kind;
import dev.muster.wire.json.Kinds;
import dev.muster.wire.json.Shape;
import dev.muster.wire.problem.ProblemCode;
import dev.muster.wire.problem.Rejection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an agent that comes by name says of itself, in whatever it says it. */
public final class DeclarationShape {
  /** A whole body that is a declaration. */
  public static final Shape<Declaration> WHOLE = DeclarationShape::declaration;

  /** A declaration within another body. */
  public static final Kind<Declared> PART =
      Kinds.object(in -> {
        var name = in.optional("hostname", Words.AGENT_NAME);
        var declaration = declaration(in);
        return () -> new Declared(name.orNull(), declaration.get());
      });

  private DeclarationShape() {}

  /**
   * A declaration, and the name that it may repeat.
   *
   * @param name or null
   */
  public record Declared(@Nullable AgentName name, Declaration declaration) {
    /**
     * The declaration.
     *
     * @throws Rejection where the name is not the caller's
     */
    public Declaration of(Caller caller) {
      if (name != null && !name.value().equals(caller.principal().displayName())) {
        throw Rejection.of(ProblemCode.NOT_THE_CALLER, "An agent speaks for itself only.");
      }
      return declaration;
    }
  }

  private static Supplier<Declaration> declaration(Fields in) {
    var capabilities = in.optional("capabilities", Words.LABELS);
    var tools = in.optional("tools", Words.LABELS);
    var region = in.optional("region", Words.LABEL);
    var most = in.optional("max_concurrent", Kinds.integer(1, Agent.MOST_CONCURRENT));
    var version = in.optional("version", Words.VERSION);
    var registration = in.optional("registration_id", Kinds.uuid());
    return () ->
        new Declaration(
            Abilities.of(
                Set.copyOf(capabilities.or(List.of())),
                Set.copyOf(tools.or(List.of())),
                region.orNull()),
            most.or(Agent.DEFAULT_CONCURRENT),
            version.orNull(),
            registration.orNull());
  }
}
