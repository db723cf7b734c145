package dev.muster.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Slices are the concepts of the product; a cycle between two says that they are one. */
final class Slices {
  /** Every room that is cut into slices. */
  static final List<String> ROOMS =
      List.of("domain", "ports.in", "ports.out", "application", "wire", "http", "jdbc", "agent");

  private Slices() {}

  static ArchRule free_of_cycles(House house, String room) {
    return slices()
        .matching(house.root() + "." + room + ".(*)..")
        .should()
        .beFreeOfCycles()
        .as("slices of " + room + " are free of cycles");
  }

  static ArchRule all_packages_free_of_cycles(House house) {
    return slices().matching(house.root() + ".(**)").should().beFreeOfCycles();
  }
}
