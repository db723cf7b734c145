package dev.muster.agent;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
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
        "san=dns:localhost,dns:muster.test,dns:acme.muster.test,ip:127.0.0.1,ip:::1");
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
    return Files.writeString(folder.resolve("server-key.pem"), pem("PRIVATE KEY", key));
  }

  /**
   * Makes a certificate of a client's, {@code <name>.crt} and {@code <name>.key} in this folder.
   *
   * @param signer an alias of this authority: {@code ca}, or the name itself for no authority
   * @param start when it begins, as keytool has it: {@code -0d}; it lasts two days
   */
  public void makeClient(String name, String algorithm, String signer, String start)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", name, "-keyalg", algorithm, "-dname", "CN=" + name));
    arguments.addAll(List.of("-validity", "2", "-startdate", start));
    if (!signer.equals(name)) {
      arguments.addAll(List.of("-signer", signer));
    }
    keytool("ca", arguments.toArray(String[]::new));
    KeyStore store = store("ca");
    StringBuilder chain = new StringBuilder();
    for (Certificate each : store.getCertificateChain(name)) {
      chain.append(pem("CERTIFICATE", each.getEncoded()));
    }
    Files.writeString(folder.resolve(name + ".crt"), chain);
    Path key = folder.resolve(name + ".key");
    Files.writeString(
        key, pem("PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded()));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  private static String pem(String what, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, lines, what);
  }

  /** For a server, which trusts clients of this authority. */
  public SSLContext server() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store("server"), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust(), null);
    return context;
  }

  /** For a client that trusts this authority. */
  public SSLContext client() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust(), null);
    return context;
  }

  /** As a server speaks TLS that wants a certificate, and speaks these versions only. */
  public HttpsConfigurator demanding(boolean certificate, String... protocols) throws Exception {
    return new HttpsConfigurator(server()) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters tls = getSSLContext().getDefaultSSLParameters();
        tls.setNeedClientAuth(certificate);
        tls.setProtocols(protocols);
        parameters.setSSLParameters(tls);
      }
    };
  }

  private TrustManager[] trust() throws Exception {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", store("ca").getCertificate("ca"));
    trust.init(trusted);
    return trust.getTrustManagers();
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
