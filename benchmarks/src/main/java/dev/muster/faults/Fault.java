package dev.muster.faults;

import java.util.Random;

/** What goes wrong, and how it is over. */
interface Fault {
  /** Strikes at moments that {@code random} decides; returns when all that was broken is mended. */
  void strike(Ground ground, Load load, Random random) throws Exception;
}
