package dev.muster.sandbox.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.mozilla.javascript.Context;
import org.mozilla.javascript.JavaScriptException;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/** Asks the parent for what only the parent can do. */
record ParentCalls(ParentPipe parent, JsonText json) {
  /** The property of an error that says in which way something was refused. */
  static final String CLASS = "errorClass";

  /**
   * What a helper answers.
   *
   * @throws JavaScriptException if it is refused; the script can catch it
   */
  Object call(String helper, Object argument) {
    send(
        "{\"type\":\"call\",\"name\":"
            + json.write(helper)
            + ",\"value\":"
            + json.write(argument)
            + "}");
    Scriptable answer = (Scriptable) json.parse(parent.receive());
    if (answer.get("error", answer) instanceof Scriptable refusal) {
      throw refused(
          Context.toString(refusal.get("class", refusal)),
          Context.toString(refusal.get("message", refusal)));
    }
    return answer.get("value", answer);
  }

  /** Writes into the job's log. */
  void log(String text) {
    send("{\"type\":\"log\",\"text\":" + json.write(text) + "}");
  }

  private void send(String message) {
    if (message.getBytes(UTF_8).length > parent.limit()) {
      throw refused("script_message_too_large", "that is too much for one message");
    }
    parent.send(message);
  }

  private JavaScriptException refused(String errorClass, String message) {
    Scriptable error = json.context().newObject(json.scope(), "Error", new Object[] {message});
    ScriptableObject.putProperty(error, CLASS, errorClass);
    return new JavaScriptException(error, "script", 0);
  }
}
