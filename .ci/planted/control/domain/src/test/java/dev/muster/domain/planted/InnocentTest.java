package dev.muster.domain.planted;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class InnocentTest {
  @Property
  boolean addition_commutes(@ForAll int a, @ForAll int b) {
    return a + b == b + a;
  }
}
