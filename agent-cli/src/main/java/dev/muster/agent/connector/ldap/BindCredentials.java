package dev.muster.agent.connector.ldap;

import com.unboundid.ldap.sdk.DN;
import dev.muster.agent.connector.JobContext;
import dev.muster.agent.connector.RefusedException;
import dev.muster.agent.connector.SecretReferences;
import dev.muster.domain.credential.Secret;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Who a job presents itself as. */
record BindCredentials(DN name, Secret password) {
  private static final int LEAST_CONCEALED = 6;

  /** Reads them; empty for a job that stays anonymous. */
  static Optional<BindCredentials> of(JsonNode bind, LdapServer server, JobContext context)
      throws RefusedException {
    if (bind.isMissingNode()) {
      return Optional.empty();
    }
    if (!bind.path("dn").isString() || !bind.path("password").isString() || bind.size() != 2) {
      throw RefusedException.invalidPayload("bind needs dn and password, and nothing else");
    }
    DN name = server.binder(DirectoryNames.parse(bind.path("dn").stringValue(), "bind.dn"));
    Secret password =
        SecretReferences.resolveAll(bind.path("password").stringValue(), context, server.target());
    // A name without a password is welcomed by many servers, as nobody (RFC 4513, 5.1.2).
    if (password.isEmpty() || name.isNullDN()) {
      throw RefusedException.invalidPayload("bind.dn and bind.password must not be empty");
    }
    if (password.reveal().length() >= LEAST_CONCEALED) {
      context.conceal(password);
    }
    return Optional.of(new BindCredentials(name, password));
  }
}
