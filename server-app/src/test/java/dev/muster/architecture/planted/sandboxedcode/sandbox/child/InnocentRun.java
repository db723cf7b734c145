package dev.muster.architecture.planted.sandboxedcode.sandbox.child;

import java.util.List;

public final class InnocentRun {
  List<String> words;
}
