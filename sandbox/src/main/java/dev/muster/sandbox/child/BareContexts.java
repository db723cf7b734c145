package dev.muster.sandbox.child;

import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.WrapFactory;
import org.mozilla.javascript.lc.type.TypeInfo;

/**
 * JavaScript and nothing of Java: interpreted, so that no class is made of a script; without the
 * objects that lead to Java; and no Java object could be shown to a script, nor any class be seen.
 */
final class BareContexts extends ContextFactory {
  /** Frames of the interpreter lie on the heap; this is some ten megabytes of them. */
  private static final int DEEPEST = 5_000;

  @Override
  protected Context makeContext() {
    Context context = super.makeContext();
    context.setInterpretedMode(true);
    context.setLanguageVersion(Context.VERSION_ECMASCRIPT);
    context.setMaximumInterpreterStackDepth(DEEPEST);
    context.setClassShutter(name -> false);
    context.setWrapFactory(new NoWrapping());
    return context;
  }

  @Override
  protected boolean hasFeature(Context context, int feature) {
    return switch (feature) {
      case Context.FEATURE_ENHANCED_JAVA_ACCESS, Context.FEATURE_E4X -> false;
      default -> super.hasFeature(context, feature);
    };
  }

  /** The standard objects of the language. */
  static ScriptableObject scope(Context context) {
    ScriptableObject scope = context.initSafeStandardObjects();
    // Rhino's own, and no part of the language.
    for (String name : new String[] {"Continuation", "Script", "With", "Call"}) {
      scope.delete(name);
    }
    return scope;
  }

  private static final class NoWrapping extends WrapFactory {
    @Override
    public Scriptable wrapNewObject(Context context, Scriptable scope, Object object) {
      throw new IllegalStateException("no Java objects here");
    }

    @Override
    public Scriptable wrapAsJavaObject(
        Context context, Scriptable scope, Object object, Class<?> type) {
      throw new IllegalStateException("no Java objects here");
    }

    @Override
    public Scriptable wrapAsJavaObject(
        Context context, Scriptable scope, Object object, TypeInfo type) {
      throw new IllegalStateException("no Java objects here");
    }

    @Override
    public Scriptable wrapJavaClass(Context context, Scriptable scope, Class<?> type) {
      throw new IllegalStateException("no Java classes here");
    }
  }
}
