package dev.muster.agent.command;

import java.util.LinkedHashMap;
import java.util.Map;

/** Every exit code of the agent; the help and the documentation list these and no others. */
public enum ExitCode {
  OK(0, "done; for run: stopped as asked"),
  DEFECT(1, "something unexpected: a defect of the agent's"),
  USAGE(2, "the command line is wrong"),
  CONFIGURATION(3, "the configuration is wrong; every problem is listed"),
  STATE(4, "the state folder or a file in it is refused, or another agent uses it"),
  VAULT(5, "the vault is refused, or a change to it"),
  NOT_ENROLLED(6, "the agent has no identity, and no token or key to get one"),
  ENROLMENT_REFUSED(7, "the server does not let this agent join"),
  CREDENTIAL_REFUSED(8, "the server does not know this agent's credential any more"),
  SERVER_UNREACHABLE(9, "no Muster server answered"),
  SERVER_UNTRUSTED(10, "TLS failed: the server cannot prove who it is, or speaks no TLS 1.2"),
  UPDATE_REFUSED(11, "there is no update, or none that this agent takes; or nothing to go back to"),
  RESTART(75, "another version is in this one's place; the launcher starts it");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** What the process ends with. */
  public int number() {
    return number;
  }

  /** When it does. */
  public String meaning() {
    return meaning;
  }

  static Map<String, String> list() {
    Map<String, String> list = new LinkedHashMap<>();
    for (ExitCode code : values()) {
      list.put(String.valueOf(code.number), code.meaning);
    }
    return list;
  }
}
