package dev.muster.sandbox.child;

import java.util.function.Function;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/** A function that a script can call and nothing else: no Java object comes with it. */
final class HostFunction extends BaseFunction {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final transient Function<Object[], Object> work;

  private HostFunction(String name, Function<Object[], Object> work) {
    this.name = name;
    this.work = work;
  }

  /** Puts a function under its name into an object, for good. */
  static void define(
      Scriptable scope, ScriptableObject owner, String name, Function<Object[], Object> work) {
    HostFunction function = new HostFunction(name, work);
    ScriptRuntime.setFunctionProtoAndParent(function, Context.getCurrentContext(), scope);
    owner.defineProperty(
        name,
        function,
        ScriptableObject.PERMANENT | ScriptableObject.READONLY | ScriptableObject.DONTENUM);
  }

  @Override
  public String getFunctionName() {
    return name;
  }

  @Override
  public Object call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
    return work.apply(arguments);
  }

  @Override
  public Scriptable construct(Context context, Scriptable scope, Object[] arguments) {
    throw ScriptRuntime.typeErrorById("msg.not.ctor", name);
  }
}
