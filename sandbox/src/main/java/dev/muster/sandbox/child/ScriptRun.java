package dev.muster.sandbox.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/** Runs the script that the first message brings. */
final class ScriptRun {
  private static final String TOO_DEEP = "{\"type\":\"error\",\"message\":\"too much recursion\"}";

  private final ParentPipe parent;

  ScriptRun(ParentPipe parent) {
    this.parent = parent;
  }

  /** What came of it, as the last message to the parent. */
  String lastMessage() {
    String start = parent.receive();
    try (Context context = new BareContexts().enterContext()) {
      ScriptableObject scope = BareContexts.scope(context);
      JsonText json = new JsonText(context, scope);
      Scriptable task = (Scriptable) json.parse(start);
      offer(task, scope, new ParentCalls(parent, json));
      return run(Context.toString(task.get("source", task)), json);
    }
  }

  private static void offer(Scriptable task, ScriptableObject scope, ParentCalls calls) {
    JsonText json = calls.json();
    scope.put("config", scope, task.get("config", task));
    HostFunction.define(
        scope,
        scope,
        "log",
        words -> {
          calls.log(Arrays.stream(words).map(json::readable).collect(Collectors.joining(" ")));
          return Undefined.instance;
        });
    for (Object each : (NativeArray) task.get("helpers", task)) {
      String name = Context.toString(each);
      int dot = name.indexOf('.');
      if (dot < 0) {
        HostFunction.define(scope, scope, name, arguments -> calls.call(name, first(arguments)));
      } else {
        HostFunction.define(
            scope,
            object(scope, name.substring(0, dot), json),
            name.substring(dot + 1),
            arguments -> calls.call(name, json.context().newArray(json.scope(), arguments)));
      }
    }
    HostFunction.define(
        scope, scope, "secret", words -> handle(calls.call("secret", first(words)), json));
  }

  /** The object of a name, made when it is missing. */
  private static ScriptableObject object(ScriptableObject scope, String name, JsonText json) {
    if (scope.get(name, scope) instanceof ScriptableObject there) {
      return there;
    }
    ScriptableObject made = (ScriptableObject) json.context().newObject(json.scope());
    scope.defineProperty(name, made, ScriptableObject.PERMANENT | ScriptableObject.READONLY);
    return made;
  }

  private static Object first(Object[] arguments) {
    return arguments.length == 0 ? Undefined.instance : arguments[0];
  }

  // All that there is of a secret here is a word that the parent knows it by.
  private static Object handle(Object word, JsonText json) {
    ScriptableObject handle = (ScriptableObject) json.context().newObject(json.scope());
    HostFunction.define(json.scope(), handle, "toString", none -> word);
    HostFunction.define(json.scope(), handle, "toJSON", none -> word);
    handle.sealObject();
    return handle;
  }

  private String run(String source, JsonText json) {
    try {
      Object result =
          json.context()
              .evaluateString(
                  json.scope(), "(function () {" + source + "\n})()", "script", 1, null);
      String message = "{\"type\":\"result\",\"value\":" + json.write(result) + "}";
      return message.getBytes(UTF_8).length > parent.limit()
          ? "{\"type\":\"result_too_large\"}"
          : message;
    } catch (StackOverflowError e) {
      return TOO_DEEP;
    } catch (RuntimeException e) {
      return ScriptFailure.message(e, json);
    }
  }
}
