package dev.muster.endtoend;

import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Certificates that openssl makes, each with its key, in the folder of a test. */
record Certificates(Workshop workshop) {
  void selfSigned(String name, String subject, String... more) throws Exception {
    List<String> options = new ArrayList<>(List.of("-x509", "-days", "2"));
    options.addAll(List.of("-out", file(name + ".crt")));
    options.addAll(List.of(more));
    request(name, subject, options);
  }

  /** One that another one signed, under its own name. */
  void signed(String name, String authority) throws Exception {
    request(name, "/CN=" + name, List.of("-out", file(name + ".csr")));
    openssl(
        List.of("x509", "-req", "-in", file(name + ".csr")),
        List.of("-CA", file(authority + ".crt"), "-CAkey", file(authority + ".key")),
        List.of("-CAcreateserial", "-days", "2", "-out", file(name + ".crt")));
  }

  private void request(String name, String subject, List<String> options) throws Exception {
    openssl(
        List.of("req", "-newkey", "rsa:2048", "-nodes", "-subj", subject),
        List.of("-keyout", file(name + ".key")),
        options);
  }

  /** The SHA-256 of the certificate's DER, as Muster writes it. */
  String fingerprint(String name) throws Exception {
    try (var in = Files.newInputStream(workshop.file(name + ".crt"))) {
      byte[] der = CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    }
  }

  @SafeVarargs
  private static void openssl(List<String>... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    for (List<String> each : arguments) {
      command.addAll(each);
    }
    Programs.run(command);
  }

  private String file(String name) {
    return workshop.file(name).toString();
  }
}
