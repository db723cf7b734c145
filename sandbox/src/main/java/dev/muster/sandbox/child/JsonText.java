package dev.muster.sandbox.child;

import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeJSON;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.json.JsonParser;

/** JSON and the values of the language, by the engine's own reader and writer. */
record JsonText(Context context, Scriptable scope) {
  /** What the text says. */
  Object parse(String text) {
    try {
      return new JsonParser(context, scope).parseValue(text);
    } catch (JsonParser.ParseException e) {
      throw new IllegalArgumentException("not JSON");
    }
  }

  /** The JSON of a value; {@code null} for what has none, such as a function. */
  String write(Object value) {
    return NativeJSON.stringify(context, scope, value, null, null) instanceof CharSequence json
        ? json.toString()
        : "null";
  }

  /** A text of the script's as it is, anything else as JSON. */
  String readable(Object value) {
    return value instanceof CharSequence text ? text.toString() : write(value);
  }

  /** An error that the script can catch. */
  RuntimeException error(String message) {
    return ScriptRuntime.throwError(context, scope, message);
  }
}
