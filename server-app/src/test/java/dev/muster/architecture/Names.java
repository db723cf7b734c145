package dev.muster.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What things are called, and which names reach beyond their package. */
final class Names {
  private static final Pattern EMPTY_WORD =
      Pattern.compile(".*(Utils?|Helpers?|Managers?|Impl|Base|Data|Info|Infos)");

  private Names() {}

  static ArchRule say_something(House house) {
    return classes()
        .that()
        .resideInAPackage(house.everywhere())
        .should(not(be(namedWithAnEmptyWord())))
        .because("Util, Helper, Manager, Impl, Base, Data and Info say nothing about a type");
  }

  static ArchRule only_routes_leave_a_slice_of_http(House house) {
    return classes()
        .that()
        .resideInAnyPackage(house.slicesOf("http"))
        .and(arePublicTopLevelTypes())
        .should()
        .haveSimpleNameEndingWith("Routes")
        .because("what a slice speaks over HTTP is reached through its routes");
  }

  static ArchRule only_jdbc_types_leave_a_slice_of_jdbc(House house) {
    return classes()
        .that()
        .resideInAnyPackage(house.slicesOf("jdbc"))
        .and(arePublicTopLevelTypes())
        .should()
        .haveSimpleNameStartingWith("Jdbc")
        .because("a port's SQL is one type; how it does it is its own affair");
  }

  static ArchRule use_cases_are_sliced_by_the_words_of_the_product(House house) {
    return classes()
        .that(resideInAnyPackage(house.room("ports.in.*"), house.room("ports.out.*")))
        .should()
        .resideInAnyPackage(
            Stream.of(house.slicesOf("ports.in"), house.slicesOf("ports.out"))
                .flatMap(Stream::of)
                .toArray(String[]::new))
        .because("a slice has the same name in every module: one of " + House.SLICES);
  }

  private static DescribedPredicate<JavaClass> namedWithAnEmptyWord() {
    return DescribedPredicate.describe(
        "named with an empty word", type -> EMPTY_WORD.matcher(type.getSimpleName()).matches());
  }

  private static DescribedPredicate<JavaClass> arePublicTopLevelTypes() {
    return DescribedPredicate.describe(
        "are public top-level types",
        type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC));
  }
}
