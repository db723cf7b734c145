package dev.muster.agent.connector.ldap;

import dev.muster.agent.connector.RefusedException;
import java.time.Duration;
import java.util.Map;

/**
 * What the configuration allows.
 *
 * @param servers by name
 * @param entries the most that a search returns
 * @param page how many entries are asked for at a time
 * @param bytes the most that a search returns, and that one message of a server may have
 * @param time the most that a job may take
 */
record LdapLimits(
    Map<String, LdapServer> servers, int entries, int page, int bytes, Duration time) {
  LdapLimits {
    servers = Map.copyOf(servers);
  }

  LdapServer server(String name, LdapOperation operation) throws RefusedException {
    LdapServer server = servers.get(name);
    if (server == null) {
      throw RefusedException.notAllowedHere("this agent may not use a directory of that name");
    }
    if (!server.operations().contains(operation)) {
      throw RefusedException.notAllowedHere(
          "this agent may not " + operation.wireName() + " in directory " + name);
    }
    return server;
  }
}
