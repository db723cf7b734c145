package dev.muster.server.command;

import dev.muster.domain.audit.Finding;
import dev.muster.domain.audit.SignedHead;
import dev.muster.ports.in.audit.AuditVerification.Verified;
import dev.muster.server.configuration.Purpose;
import dev.muster.server.configuration.ServerConfiguration;
import dev.muster.server.running.AuditDesk;
import dev.muster.server.running.DatabaseHost;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds the places at which the audit logs are not what was sealed. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Check every audit log against its chain, and print each place that was changed. A server",
      "may run meanwhile."
    })
final class AuditVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--heads",
      paramLabel = "FILE",
      description = {
        "file with lines of audit heads, or a log of the server: heads that were",
        "signed before; without them a log that was put back whole is not noticed"
      })
  private @Nullable Path heads;

  @Override
  public Integer call() {
    ServerConfiguration configuration = ConfigurationOptions.read(spec, Purpose.VERIFICATION);
    List<SignedHead> exported = heads == null ? List.of() : read(heads);
    PrintWriter out = spec.commandLine().getOut();
    try (DatabaseHost host = DatabaseHost.of(configuration);
        AuditDesk desk = AuditDesk.in(host)) {
      Verified verified = desk.verification().verify(exported, each -> out.println(line(each)));
      out.println(
          "verified tenants=%d links=%d waiting=%d exported_heads=%d findings=%d"
              .formatted(
                  verified.tenants(),
                  verified.links(),
                  verified.waiting(),
                  exported.size(),
                  verified.findings()));
      return (verified.findings() == 0 ? ExitCode.DONE : ExitCode.TAMPERED).code();
    }
  }

  private static String line(Finding finding) {
    return "tenant=%s seq=%d entry=%s finding=%s text=\"%s\""
        .formatted(
            finding.tenant(),
            finding.seq(),
            finding.entry() == null ? "-" : finding.entry(),
            finding.kind().name().toLowerCase(Locale.ROOT),
            finding.kind().meaning());
  }

  private static List<SignedHead> read(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      List<SignedHead> found = lines.map(SignedHead::findIn).flatMap(Optional::stream).toList();
      if (found.isEmpty()) {
        throw new CommandFailedException(ExitCode.USAGE, file + " has no audit heads");
      }
      return found;
    } catch (IOException | java.io.UncheckedIOException unreadable) {
      throw new CommandFailedException(ExitCode.USAGE, file + " cannot be read");
    }
  }
}
