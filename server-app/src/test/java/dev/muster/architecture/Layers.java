package dev.muster.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import java.util.stream.Stream;

/** Who may see whom. Maven's module graph says the same, but not which part of a module. */
final class Layers {
  private Layers() {}

  static ArchRule domain_knows_the_jdk_and_jspecify_only(House house) {
    return knowing_only(
            house.room("domain"),
            "java.lang..",
            "java.math..",
            "java.net",
            "java.nio..",
            "java.io..",
            "java.security..",
            "java.text..",
            "java.time..",
            "java.util..",
            "javax.crypto..",
            "org.jspecify.annotations..")
        .because("rules must be readable and testable without any technology");
  }

  static ArchRule ports_know_the_domain_only(House house) {
    return knowing_only(
        house.room("ports"), house.room("domain"), "java..", "org.jspecify.annotations..");
  }

  static ArchRule application_knows_ports_and_domain_only(House house) {
    return knowing_only(
            house.room("application"),
            house.room("ports"),
            house.room("domain"),
            "java..",
            "javax.crypto..",
            "org.slf4j..",
            "org.jspecify.annotations..")
        .because("a use case must not know which technology it runs on");
  }

  static ArchRule http_sees_neither_application_nor_other_adapters(House house) {
    return apart(
            house.rooms("http"),
            house.rooms("application", "grpc", "jdbc", "inline", "server", "agent", "ports.out"))
        .because("requests come in through the inbound ports, and through nothing else");
  }

  static ArchRule wire_and_grpc_call_the_inbound_ports_only(House house) {
    return apart(
            house.rooms("wire", "grpc"),
            house.rooms("application", "http", "jdbc", "inline", "server", "agent", "ports.out"))
        .because("one transport more is not one way more to a job");
  }

  static ArchRule jdbc_sees_neither_application_nor_other_adapters(House house) {
    return apart(
        house.rooms("jdbc"),
        house.rooms("application", "wire", "http", "grpc", "inline", "server", "agent"));
  }

  static ArchRule inline_calls_the_inbound_ports_as_http_does(House house) {
    return apart(
            house.rooms("inline"),
            house.rooms("application", "http", "grpc", "jdbc", "server", "agent", "ports.out"))
        .because("the worker within the server is one more agent, not one more way to a job");
  }

  static ArchRule agent_shares_only_the_domain(House house) {
    return apart(
        house.rooms("agent"),
        house.rooms("application", "ports", "wire", "http", "grpc", "jdbc", "inline", "server"));
  }

  /** What a child has on its class path is all that a script could ever reach in it. */
  static ArchRule sandboxed_code_knows_java_base_and_the_engine_only(House house) {
    return knowing_only(
        house.room("sandbox.child"),
        "java.lang..",
        "java.io..",
        "java.net",
        "java.nio..",
        "java.util..",
        "org.mozilla.javascript..",
        "org.jspecify.annotations..");
  }

  static ArchRule the_sandbox_knows_none_of_its_users(House house) {
    return apart(
            house.rooms("sandbox"),
            house.rooms(
                "domain",
                "ports",
                "application",
                "wire",
                "http",
                "grpc",
                "jdbc",
                "inline",
                "agent",
                "server"))
        .because("agent and server run scripts in it alike");
  }

  static ArchRule tracing_knows_none_of_its_users(House house) {
    return apart(
            house.rooms("tracing"),
            house.rooms(
                "ports",
                "application",
                "wire",
                "http",
                "grpc",
                "jdbc",
                "inline",
                "agent",
                "server"))
        .because("agent and server trace with it alike");
  }

  static ArchRule one_package_knows_opentelemetry(House house) {
    return noClasses()
        .that()
        .resideInAPackage(house.everywhere())
        .and()
        .resideOutsideOfPackage(house.room("tracing.otlp"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .because("where nothing is traced nothing of it is loaded");
  }

  /** What is in a room knows what else is in there, these packages and nothing more. */
  private static ClassesShouldConjunction knowing_only(String room, String... known) {
    return classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                Stream.concat(Stream.of(room), Stream.of(known)).toArray(String[]::new)));
  }

  /** What is in some rooms knows nothing that is in others. */
  private static ClassesShouldConjunction apart(String[] rooms, String[] others) {
    return noClasses()
        .that()
        .resideInAnyPackage(rooms)
        .should()
        .dependOnClassesThat(resideInAnyPackage(others));
  }
}
