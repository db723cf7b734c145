package dev.muster.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** A rule that only tests use proves nothing about the product. */
final class Usefulness {
  /** What the compiler makes, and what collections call. */
  private static final Set<String> COMMON =
      Set.of("equals", "hashCode", "toString", "compareTo", "values", "valueOf", "<clinit>");

  /** What is there for a use case that is still to come. Each line here is a debt. */
  private static final Set<String> OWED =
      Set.of(
          "TokenHash.stored",
          "Agent.freeSlots",
          "Job.assignedTo",
          "Job.renewed",
          "Seeker.of",
          "PlanName.initial",
          "Tenant.cap",
          "Tenant.effectiveWeight");

  private Usefulness() {}

  static ArchRule the_product_calls_what_the_domain_offers(House house) {
    return codeUnits()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(house.room("domain"))
        .and(areWrittenToBeCalled())
        .should(beCalledByTheProduct())
        .because("a pure rule that only tests use is a defect");
  }

  private static DescribedPredicate<JavaCodeUnit> areWrittenToBeCalled() {
    return DescribedPredicate.describe(
        "written to be called",
        unit ->
            !COMMON.contains(unit.getName())
                && !OWED.contains(unit.getOwner().getSimpleName() + "." + unit.getName())
                && !unit.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !unit.getModifiers().contains(JavaModifier.PRIVATE)
                && !isComponent(unit));
  }

  /** A record's constructor and accessors come with it, needed or not. */
  private static boolean isComponent(JavaCodeUnit unit) {
    JavaClass owner = unit.getOwner();
    return owner.isRecord()
        && (unit.isConstructor()
            || unit.getRawParameterTypes().isEmpty()
                && owner.tryGetField(unit.getName()).isPresent());
  }

  private static ArchCondition<JavaCodeUnit> beCalledByTheProduct() {
    return new ArchCondition<>("be called by the product") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        boolean called =
            withOverridden(unit)
                .flatMap(same -> same.getAccessesToSelf().stream())
                .anyMatch(access -> !access.getOrigin().equals(unit));
        events.add(new SimpleConditionEvent(unit, called, unit.getFullName()));
      }
    };
  }

  /** Calls go to the type that the caller knows: the one that declares what this overrides. */
  private static Stream<JavaCodeUnit> withOverridden(JavaCodeUnit unit) {
    Set<JavaClass> supertypes = new HashSet<>(unit.getOwner().getAllRawInterfaces());
    supertypes.addAll(unit.getOwner().getAllRawSuperclasses());
    String[] parameters =
        unit.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    return Stream.concat(
        Stream.of(unit),
        supertypes.stream()
            .flatMap(type -> type.tryGetMethod(unit.getName(), parameters).stream()));
  }
}
