package dev.muster.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Talks with one child until it has said what came of its script. For one thread. */
final class Conversation {
  private final Messages messages;
  private final ScriptLimits limits;
  private final ScriptHost helpers;
  private final Set<String> refusals = new HashSet<>();
  private long logged;
  private int calls;

  Conversation(Messages messages, ScriptLimits limits, ScriptHost helpers) {
    this.messages = messages;
    this.limits = limits;
    this.helpers = helpers;
  }

  /** The first message to a child; not longer than the limits allow. */
  static byte[] opening(Script script, ScriptHost helpers, ScriptLimits limits)
      throws BreachException {
    ObjectNode opening = JsonNodeFactory.instance.objectNode();
    opening.put("source", script.source());
    opening.set("config", script.config());
    helpers.names().forEach(opening.putArray("helpers")::add);
    byte[] message = Messages.bytes(opening);
    if (message.length > limits.startBytes()) {
      throw new BreachException(Breach.TOO_LARGE);
    }
    return message;
  }

  /**
   * Answers the child's calls until it is done.
   *
   * @throws BreachException if it goes too far
   * @throws IOException if the pipe broke
   */
  ScriptOutcome hold(byte[] opening) throws BreachException, IOException, InterruptedException {
    messages.send(opening);
    while (true) {
      Optional<ObjectNode> next = messages.next();
      if (next.isEmpty()) {
        throw new BreachException(Breach.DIED);
      }
      ObjectNode message = next.get();
      switch (message.path("type").asString("")) {
        case "log" -> log(text(message, "text"));
        case "call" -> answer(text(message, "name"), message.path("value"));
        case "result" -> {
          return returned(message.path("value"));
        }
        case "result_too_large" -> throw new BreachException(Breach.RESULT);
        case "error" -> {
          return threw(message);
        }
        default -> throw new BreachException(Breach.PROTOCOL);
      }
    }
  }

  private void log(String text) throws BreachException {
    logged += text.getBytes(UTF_8).length + 1;
    if (logged > limits.logBytes()) {
      throw new BreachException(Breach.OUTPUT);
    }
    helpers.log(text);
  }

  private void answer(String name, JsonNode argument)
      throws BreachException, IOException, InterruptedException {
    if (++calls > limits.calls()) {
      throw new BreachException(Breach.CALLS);
    }
    byte[] message = Messages.bytes(asJson(ask(name, argument)));
    if (message.length > limits.messageBytes()) {
      message =
          Messages.bytes(
              asJson(
                  new HelperAnswer.Refused(
                      "script_message_too_large", "the answer is too much for one message")));
    }
    messages.send(message);
  }

  private HelperAnswer ask(String name, JsonNode argument) throws InterruptedException {
    return name.equals("secret") || helpers.names().contains(name)
        ? helpers.call(name, argument)
        : new HelperAnswer.Refused("not_allowed_here", "there is no such helper here");
  }

  private ObjectNode asJson(HelperAnswer answer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (answer) {
      case HelperAnswer.Value value -> json.set("value", value.value());
      case HelperAnswer.Refused refused -> {
        refusals.add(refused.errorClass());
        ObjectNode error = json.putObject("error");
        error.put("class", refused.errorClass());
        error.put("message", refused.message());
      }
    }
    return json;
  }

  private ScriptOutcome returned(JsonNode result) throws BreachException {
    if (Messages.bytes(result).length > limits.resultBytes()) {
      throw new BreachException(Breach.RESULT);
    }
    return new ScriptOutcome.Returned(result);
  }

  // A script names no error class but those that it was told: others are its owner's to give.
  private ScriptOutcome threw(ObjectNode message) throws BreachException {
    String text = text(message, "message");
    int line = message.path("line").asInt(0);
    String errorClass = message.path("class").asString("");
    return new ScriptOutcome.Threw(
        line > 0 ? text + " (line " + line + ")" : text,
        refusals.contains(errorClass) ? Optional.of(errorClass) : Optional.empty());
  }

  private static String text(ObjectNode message, String key) throws BreachException {
    if (!message.path(key).isString()) {
      throw new BreachException(Breach.PROTOCOL);
    }
    return message.path(key).stringValue();
  }
}
