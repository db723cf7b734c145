package dev.muster.agent.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/** Makes jars with a connector, as an operator would. */
final class PluginJar {
  private static final String SERVICE = "META-INF/services/" + ConnectorProvider.class.getName();

  private PluginJar() {}

  static Path make(Path jar, String name, String mark) throws Exception {
    Path sources = Files.createTempDirectory(jar.getParent().getParent(), "sources");
    Path source = Files.createDirectory(sources.resolve("acme")).resolve("HelloProvider.java");
    Files.writeString(source, provider(name, mark));
    List<String> options = List.of("-proc:none", "-d", sources.toString(), "-cp", classPath());
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                OutputStream.nullOutputStream(),
                System.err,
                Stream.concat(options.stream(), Stream.of(source.toString()))
                    .toArray(String[]::new));
    assertThat(code).isZero();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(sources)) {
      put(out, SERVICE, "acme.HelloProvider".getBytes(UTF_8));
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        put(out, sources.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return jar;
  }

  /** One that promises a connector which is not there. */
  static void broken(Path jar) throws Exception {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      put(out, SERVICE, "acme.Missing".getBytes(UTF_8));
    }
  }

  private static String provider(String name, String mark) {
    return """
    package acme;

    import dev.muster.agent.connector.*;
    import tools.jackson.databind.node.JsonNodeFactory;

    public final class HelloProvider implements ConnectorProvider {
      static {
        System.setProperty("%2$s", "has run");
      }

      public String name() {
        return "%1$s";
      }

      public Connector create(ConnectorSettings settings, ConnectorEnvironment environment) {
        String greeting = settings.text("greeting").orElse("hello");
        return new Connector() {
          public String name() {
            return "%1$s";
          }

          public ConnectorOutcome run(Assignment assignment, JobContext context) {
            context.log("greeting");
            return new ConnectorOutcome.Completed(
                JsonNodeFactory.instance.objectNode().put("said", greeting));
          }
        };
      }
    }
    """
        .formatted(name, mark);
  }

  private static void put(JarOutputStream out, String name, byte[] content) throws Exception {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }

  private static String classPath() {
    return Stream.of(ConnectorProvider.class, JsonNode.class, JsonParser.class)
        .map(PluginJar::place)
        .collect(Collectors.joining(":"));
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
