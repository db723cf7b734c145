package dev.muster.domain.planted;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FalsePropertyTest {
  @Property
  boolean all_numbers_are_small(@ForAll int number) {
    return number < 1000;
  }
}
