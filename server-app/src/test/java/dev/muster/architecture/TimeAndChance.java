package dev.muster.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * Where time and chance come from. A decision that reads a clock or rolls a die by itself cannot be
 * tested at its edges, and two readings in one decision disagree.
 */
final class TimeAndChance {
  private static final Set<String> SOURCES =
      Set.of(
          "java.time.Clock",
          "java.time.InstantSource",
          "java.util.Date",
          "java.util.Calendar",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.concurrent.ThreadLocalRandom",
          "java.util.random.RandomGeneratorFactory",
          "java.security.SecureRandom");

  private static final Set<String> CLOCKS = Set.of("java.time.Clock", "java.time.InstantSource");

  private static final Set<String> DICE =
      Set.of(
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.random.RandomGenerator",
          "java.security.SecureRandom");

  private TimeAndChance() {}

  static ArchRule domain_is_given_both(House house) {
    return noClasses()
        .that()
        .resideInAPackage(house.room("domain"))
        .should()
        .accessTargetWhere(anyOfIt().or(takesMeasure()))
        .orShould()
        .dependOnClassesThat(sourcesOfEither())
        .because("the domain is given the instant and the random bytes that it needs");
  }

  /** How long a caller has been waiting is measured, not read off a clock: a use case may. */
  static ArchRule use_cases_are_given_both(House house) {
    return noClasses()
        .that()
        .resideInAPackage(house.room("application"))
        .should()
        .accessTargetWhere(anyOfIt())
        .because("a use case reads the synchronised clock that it is given, once");
  }

  /** Measuring how long something takes is not reading the time: an adapter may. */
  static ArchRule adapters_read_neither_by_themselves(House house) {
    return noClasses()
        .that(resideInAnyPackage(house.outside()))
        .and(not(namedSource()))
        .should()
        .accessTargetWhere(readsTime().or(rollsDice()))
        .because("time and chance that decide something are passed in");
  }

  /** Identifiers are no chance that anything depends on: an adapter may make one. */
  static ArchRule adapters_are_given_clocks_and_dice(House house) {
    return noClasses()
        .that(resideInAnyPackage(house.outside()))
        .and(not(resideInAnyPackage(house.wiring())))
        .and(not(namedSource()))
        .should()
        .accessTargetWhere(makesClocks().or(makesDice()))
        .because("they are made where the program is wired, or in a …Clock or …Randomness");
  }

  private static DescribedPredicate<JavaClass> namedSource() {
    return DescribedPredicate.describe(
        "a named source of time or chance",
        type -> {
          String name = outermost(type).getSimpleName();
          return name.endsWith("Clock") || name.endsWith("Randomness");
        });
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(TimeAndChance::outermost).orElse(type);
  }

  private static DescribedPredicate<JavaAccess<?>> readsTime() {
    return target(
        "reads the time",
        (owner, member) ->
            owner.startsWith("java.time.") && member.equals("now")
                || owner.equals("java.util.Date") && member.equals("<init>")
                || owner.equals("java.util.Calendar") && member.equals("getInstance")
                || owner.equals("java.lang.System") && member.equals("currentTimeMillis"));
  }

  private static DescribedPredicate<JavaAccess<?>> makesClocks() {
    return target(
        "makes a clock",
        (owner, member) ->
            CLOCKS.contains(owner) && (member.startsWith("system") || member.startsWith("tick")));
  }

  private static DescribedPredicate<JavaAccess<?>> takesMeasure() {
    return target(
        "measures time",
        (owner, member) -> owner.equals("java.lang.System") && member.equals("nanoTime"));
  }

  private static DescribedPredicate<JavaAccess<?>> sleeps() {
    return target(
        "sleeps", (owner, member) -> owner.equals("java.lang.Thread") && member.equals("sleep"));
  }

  private static DescribedPredicate<JavaAccess<?>> rollsDice() {
    return target(
        "rolls dice",
        (owner, member) ->
            owner.equals("java.util.concurrent.ThreadLocalRandom")
                || owner.equals("java.lang.Math") && member.equals("random")
                || owner.equals("java.util.Collections") && member.equals("shuffle"));
  }

  private static DescribedPredicate<JavaAccess<?>> makesDice() {
    return target(
        "makes dice",
        (owner, member) ->
            DICE.contains(owner)
                && (Set.of("<init>", "of", "getDefault").contains(member)
                    || member.startsWith("getInstance")));
  }

  private static DescribedPredicate<JavaAccess<?>> makesIdentifiers() {
    return target(
        "makes identifiers",
        (owner, member) -> owner.equals("java.util.UUID") && member.equals("randomUUID"));
  }

  private static DescribedPredicate<JavaAccess<?>> anyOfIt() {
    return readsTime()
        .or(makesClocks())
        .or(sleeps())
        .or(rollsDice())
        .or(makesDice())
        .or(makesIdentifiers());
  }

  private static DescribedPredicate<JavaClass> sourcesOfEither() {
    return DescribedPredicate.describe(
        "are clocks or sources of randomness", type -> SOURCES.contains(type.getName()));
  }

  private static DescribedPredicate<JavaAccess<?>> target(String description, Member wanted) {
    return DescribedPredicate.describe(
        description,
        access -> {
          AccessTarget target = access.getTarget();
          return wanted.is(target.getOwner().getName(), target.getName());
        });
  }

  private interface Member {
    boolean is(String owner, String name);
  }
}
