package dev.muster.agent;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of a test's own, with a certificate for this host. */
public final class PrivateAuthority {
  private static final String PASSWORD = "changeit";

  private final Path folder;

  /** Makes both in the folder. */
  public PrivateAuthority(Path folder) throws Exception {
    this.folder = folder;
    generate(
        "ca",
        "EC",
        "-dname",
        "CN=Test authority",
        "-ext",
        "bc:c=ca:true",
        "-ext",
        "ku:c=keyCertSign");
    // Not of an elliptic curve: GnuTLS does not read such a key as Java writes it.
    generate("server", "RSA", "-dname", "CN=localhost");
    keytool("ca", "-exportcert", "-rfc", "-alias", "ca", "-file", path("ca.pem"));
    keytool("server", "-certreq", "-alias", "server", "-file", path("server.csr"));
    keytool(
        "ca",
        "-gencert",
        "-rfc",
        "-alias",
        "ca",
        "-infile",
        path("server.csr"),
        "-outfile",
        path("server.pem"),
        "-ext",
        "san=dns:localhost,dns:muster.test,ip:127.0.0.1,ip:::1");
    keytool("server", "-importcert", "-noprompt", "-alias", "ca", "-file", path("ca.pem"));
    keytool("server", "-importcert", "-noprompt", "-alias", "server", "-file", path("server.pem"));
  }

  /** The authority's certificate. */
  public Path certificate() {
    return folder.resolve("ca.pem");
  }

  /** The server's certificate. */
  public Path serverCertificate() {
    return folder.resolve("server.pem");
  }

  /** The server's private key, in PEM. */
  public Path serverKey() throws Exception {
    byte[] key = store("server").getKey("server", PASSWORD.toCharArray()).getEncoded();
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
    return Files.writeString(
        folder.resolve("server-key.pem"),
        "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
  }

  /** For a server. */
  public SSLContext server() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store("server"), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** For a client that trusts this authority. */
  public SSLContext client() throws Exception {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", store("ca").getCertificate("ca"));
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private KeyStore store(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private void generate(String name, String algorithm, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", name, "-keyalg", algorithm, "-validity", "2"));
    arguments.addAll(List.of(more));
    keytool(name, arguments.toArray(String[]::new));
  }

  private void keytool(String store, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.add("-J-XX:TieredStopAtLevel=1");
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", path(store + ".p12"), "-storetype", "PKCS12", "-storepass", PASSWORD));
    Path log = folder.resolve("keytool.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool: " + Files.readString(log));
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
