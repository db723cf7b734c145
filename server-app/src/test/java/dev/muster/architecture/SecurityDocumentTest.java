package dev.muster.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A claim of docs/security.md whose test is gone would be a claim that nobody keeps. */
class SecurityDocumentTest {
  private static final Pattern CLAIM = Pattern.compile("`([A-Z]\\w+)#([a-z]\\w+)`");

  @Test
  void every_test_that_backs_a_claim_about_security_is_there() throws IOException {
    String document = Files.readString(House.checkout().resolve("docs/security.md"));
    List<MatchResult> claims =
        CLAIM.matcher(document.replace("`Class#method`", "")).results().toList();

    assertThat(claims).hasSizeGreaterThan(80);
    assertThat(without(claims, sources())).isEmpty();
  }

  /** They work behind one wall and not two, so a reader has to know them. */
  @Test
  void every_port_that_works_across_tenants_is_named() throws IOException {
    String document = Files.readString(House.checkout().resolve("docs/security.md"));
    List<String> ports =
        House.sources().stream()
            .filter(file -> textOf(file).contains("\n@CrossTenant("))
            .map(SecurityDocumentTest::nameOf)
            .toList();

    assertThat(ports).contains("JobQueue", "Tenants").hasSizeGreaterThan(20);
    assertThat(ports).allMatch(port -> document.contains("`" + port + "`"));
  }

  @Test
  void a_claim_without_its_test_is_found() {
    List<MatchResult> claims =
        CLAIM
            .matcher("`SecurityDocumentTest#nobody_wrote_it`, `NoSuchTest#it_is_secure`")
            .results()
            .toList();

    assertThat(without(claims, sources())).hasSize(2);
  }

  private static List<String> without(List<MatchResult> claims, Map<String, String> sources) {
    return claims.stream()
        .filter(claim ->
            !sources.getOrDefault(claim.group(1), "").contains("void " + claim.group(2) + "("))
        .map(MatchResult::group)
        .toList();
  }

  /** The texts of the tests by the names of their classes. */
  private static Map<String, String> sources() {
    return House.tests().stream()
        .collect(
            Collectors.toMap(
                SecurityDocumentTest::nameOf, SecurityDocumentTest::textOf, String::concat));
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
