package dev.muster.agent.connector.exec;

/** What a tool's findings look like, and where it leaves them. */
record ResultFormat(Form form, boolean fromFile) {
  /** The name of the file in the working folder; {@code {result-file}} is its path. */
  static final String FILE = "result";

  enum Form {
    XML,
    JSON,
    JSON_LINES,
    TEXT
  }
}
