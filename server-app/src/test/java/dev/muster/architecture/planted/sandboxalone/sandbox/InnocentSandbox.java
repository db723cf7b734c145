package dev.muster.architecture.planted.sandboxalone.sandbox;

import dev.muster.architecture.planted.sandboxalone.sandbox.child.Frame;

public final class InnocentSandbox {
  Frame frame;
}
