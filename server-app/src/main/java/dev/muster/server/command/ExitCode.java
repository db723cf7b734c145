package dev.muster.server.command;

/** How the program ends. */
enum ExitCode {
  DONE(0, "done"),
  FAILED(1, "failed; the log tells why"),
  USAGE(2, "the command line is wrong"),
  CONFIGURATION(3, "the configuration is wrong"),
  DATABASE(4, "the database cannot be used"),
  PORT(5, "the port cannot be had"),
  REFUSED(6, "refused: there is such an operator already, or none"),
  TAMPERED(7, "the audit log is not what was sealed");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }
}
