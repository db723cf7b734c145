package dev.muster.architecture;

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

  private static final Set<String> MAKERS_OF_CHANCE =
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
        .accessTargetWhere(readsTime().or(takesMeasure()).or(makesChance()))
        .orShould()
        .dependOnClassesThat(sourcesOfEither())
        .because("the domain is given the instant and the random bytes that it needs");
  }

  static ArchRule use_cases_are_given_both(House house) {
    return noClasses()
        .that()
        .resideInAPackage(house.room("application"))
        .should()
        .accessTargetWhere(readsTime().or(takesMeasure()).or(makesChance()))
        .because("a use case reads the synchronised clock that it is given, once");
  }

  /** Measuring how long something takes is not reading the time: an adapter may. */
  static ArchRule adapters_have_one_place_for_each(House house) {
    return noClasses()
        .that(
            resideInAnyPackage(
                house.room("http"), house.room("jdbc"), house.room("agent"), house.room("server")))
        .and(DescribedPredicate.not(namedSource()))
        .should()
        .accessTargetWhere(readsTime().or(makesChance()))
        .because("clocks and randomness are made in types named …Clock or …Randomness, and passed");
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
                || owner.equals("java.time.Clock") && !member.equals("instant")
                || owner.equals("java.time.InstantSource") && member.equals("system")
                || owner.equals("java.util.Date") && member.equals("<init>")
                || owner.equals("java.util.Calendar") && member.equals("getInstance")
                || owner.equals("java.lang.System") && member.equals("currentTimeMillis"));
  }

  private static DescribedPredicate<JavaAccess<?>> takesMeasure() {
    return target(
        "measures time",
        (owner, member) ->
            owner.equals("java.lang.System") && member.equals("nanoTime")
                || owner.equals("java.lang.Thread") && member.equals("sleep"));
  }

  private static DescribedPredicate<JavaAccess<?>> makesChance() {
    return target(
        "makes chance",
        (owner, member) ->
            MAKERS_OF_CHANCE.contains(owner)
                    && Set.of("<init>", "of", "getDefault").contains(member)
                || owner.equals("java.security.SecureRandom") && member.startsWith("getInstance")
                || owner.equals("java.util.concurrent.ThreadLocalRandom")
                || owner.equals("java.util.UUID") && member.equals("randomUUID")
                || owner.equals("java.lang.Math") && member.equals("random")
                || owner.equals("java.util.Collections") && member.equals("shuffle"));
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
