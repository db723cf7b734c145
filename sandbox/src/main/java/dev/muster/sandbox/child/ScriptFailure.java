package dev.muster.sandbox.child;

import org.mozilla.javascript.Context;
import org.mozilla.javascript.JavaScriptException;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.WrappedException;

/** Tells the parent what a script has thrown. */
final class ScriptFailure {
  private static final int LONGEST = 4_000;

  private ScriptFailure() {}

  static String message(RuntimeException failure, JsonText json) {
    String text = cut(text(failure));
    int line = failure instanceof RhinoException thrown ? Math.max(0, thrown.lineNumber()) : 0;
    return "{\"type\":\"error\",\"message\":"
        + json.write(text)
        + ",\"class\":"
        + json.write(errorClass(failure))
        + ",\"line\":"
        + line
        + "}";
  }

  private static String text(RuntimeException failure) {
    try {
      return switch (failure) {
        // What Java says of a defect of the engine's is of no use to a script.
        case WrappedException defect -> "the engine broke down";
        case JavaScriptException thrown -> Context.toString(thrown.getValue());
        case RhinoException other -> other.details();
        default -> "the engine broke down";
      };
    } catch (RuntimeException | StackOverflowError e) {
      return "something that cannot be shown";
    }
  }

  private static String errorClass(RuntimeException failure) {
    try {
      return failure instanceof JavaScriptException thrown
              && thrown.getValue() instanceof Scriptable value
              && ScriptableObject.getProperty(value, ParentCalls.CLASS) instanceof CharSequence name
          ? cut(name.toString())
          : "";
    } catch (RuntimeException | StackOverflowError e) {
      return "";
    }
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
