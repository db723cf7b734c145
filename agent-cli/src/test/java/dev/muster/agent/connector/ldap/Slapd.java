package dev.muster.agent.connector.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.agent.PrivateAuthority;
import dev.muster.agent.fake.Awaiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real OpenLDAP server with a directory of a test's own, started by hand. */
final class Slapd implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/slapd");
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private final Path folder;
  private final Process process;
  final int plainPort;
  final int tlsPort;

  private Slapd(Path folder, Process process, int plainPort, int tlsPort) {
    this.folder = folder;
    this.process = process;
    this.plainPort = plainPort;
    this.tlsPort = tlsPort;
  }

  /** Under CI it must be there; elsewhere the tests are skipped without it. */
  static void required() {
    boolean installed = Files.isExecutable(PROGRAM);
    assertThat(installed || System.getenv("CI") == null).as("slapd is installed").isTrue();
    assumeTrue(installed, "skipped: slapd is not installed");
  }

  static Slapd start(PrivateAuthority authority, String content) throws Exception {
    Path folder = Files.createTempDirectory("slapd");
    Files.createDirectory(folder.resolve("db"));
    copy(authority.certificate(), folder.resolve("ca.pem"));
    copy(authority.serverCertificate(), folder.resolve("server.pem"));
    copy(authority.serverKey(), folder.resolve("key.pem"));
    Files.writeString(folder.resolve("slapd.conf"), configuration(folder));
    Files.writeString(folder.resolve("content.ldif"), content);
    if (ROOT) {
      run(folder, List.of("chown", "-R", "openldap", folder.toString()));
    }
    run(
        folder,
        asNobodyMuch(
            "/usr/sbin/slapadd", "-f", folder + "/slapd.conf", "-l", folder + "/content.ldif"));
    int plain = freePort();
    int tls = freePort();
    String addresses =
        "ldap://127.0.0.1:%1$d ldaps://127.0.0.1:%2$d ldaps://127.0.0.2:%2$d".formatted(plain, tls);
    Process process =
        new ProcessBuilder(
                asNobodyMuch(
                    PROGRAM.toString(), "-d", "0", "-f", folder + "/slapd.conf", "-h", addresses))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Slapd slapd = new Slapd(folder, process, plain, tls);
    Awaiting.until("slapd", () -> !process.isAlive() || answers(tls));
    assertThat(process.isAlive()).as(Files.readString(folder.resolve("log"))).isTrue();
    return slapd;
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String configuration(Path folder) {
    return """
    include /etc/ldap/schema/core.schema
    include /etc/ldap/schema/cosine.schema
    include /etc/ldap/schema/inetorgperson.schema
    modulepath /usr/lib/ldap
    moduleload back_mdb
    TLSCACertificateFile %1$s/ca.pem
    TLSCertificateFile %1$s/server.pem
    TLSCertificateKeyFile %1$s/key.pem
    access to attrs=userPassword by anonymous auth by users read
    access to * by users write by anonymous read
    database mdb
    suffix "dc=example,dc=com"
    rootdn "cn=admin,dc=example,dc=com"
    rootpw adm1n-pass
    directory %1$s/db
    """
        .formatted(folder);
  }

  private static List<String> asNobodyMuch(String... command) {
    List<String> all = new ArrayList<>();
    if (ROOT) {
      all.addAll(List.of("setpriv", "--reuid=openldap", "--regid=openldap", "--clear-groups"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private static void run(Path folder, List<String> command) throws Exception {
    Path log = folder.resolveSibling(folder.getFileName() + ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(command + ": " + Files.readString(log)).isZero();
    Files.delete(log);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
