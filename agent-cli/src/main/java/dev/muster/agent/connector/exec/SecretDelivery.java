package dev.muster.agent.connector.exec;

import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.RefusedException;
import dev.muster.agent.connector.SecretReferences;
import dev.muster.agent.vault.SecretTarget;
import dev.muster.domain.credential.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The secrets of one run, resolved for its tool with its parameters, and laid out.
 *
 * @param files the places of the secrets' files
 */
record SecretDelivery(
    Map<String, Secret> environment, Optional<Secret> input, Map<String, List<String>> files) {

  static SecretDelivery prepare(Tool tool, ToolRequest request, JobContext context)
      throws RefusedException, IOException {
    SecretTarget target = new SecretTarget.Tool(tool.name(), request.parameters());
    Map<String, Secret> environment = new LinkedHashMap<>();
    Map<String, List<String>> files = new LinkedHashMap<>();
    Optional<Secret> input = Optional.empty();
    for (Map.Entry<String, String> wanted : request.references().entrySet()) {
      SecretInlet inlet = tool.secrets().get(wanted.getKey());
      if (inlet == null) {
        throw new IllegalStateException("a request holds only secrets that its tool takes");
      }
      Secret secret = SecretReferences.resolve(wanted.getValue(), context, target);
      switch (inlet) {
        case SecretInlet.Environment variable ->
            environment.put(variable.variable(), withoutNul(secret, wanted.getKey()));
        case SecretInlet.StandardInput() -> input = Optional.of(secret);
        case SecretInlet.PrivateFile() -> {
          Path file = context.workingFolder().resolve("secret-" + files.size());
          write(file, secret);
          files.put("secret-file:" + wanted.getKey(), List.of(file.toString()));
        }
      }
    }
    return new SecretDelivery(environment, input, files);
  }

  private static Secret withoutNul(Secret secret, String name) throws RefusedException {
    if (secret.reveal().indexOf('\0') >= 0) {
      throw RefusedException.notAllowedHere(
          "secret " + name + " holds a NUL, which no environment variable can");
    }
    return secret;
  }

  private static void write(Path file, Secret secret) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(secret.bytes());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }
}
