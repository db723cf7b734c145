package dev.muster.architecture.planted.sandboxedcode.sandbox.child;

import dev.muster.architecture.planted.sandboxedcode.sandbox.Owner;

public final class GuiltyRun {
  Owner owner;
}
