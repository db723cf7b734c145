package dev.muster.agent.connector.exec;

/** How a secret reaches a tool. Never by its arguments, which every user of the host can read. */
sealed interface SecretInlet {
  /** As a variable of its environment. */
  record Environment(String variable) implements SecretInlet {}

  /** As all that it reads from its standard input. */
  record StandardInput() implements SecretInlet {}

  /** In a file that only the agent's user can read; {@code {secret-file:name}} is its path. */
  record PrivateFile() implements SecretInlet {}
}
