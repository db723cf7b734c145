package dev.muster.application.access;

import dev.muster.application.gathering.Gathering;
import dev.muster.domain.credential.TokenHash;
import dev.muster.ports.out.Transactions;
import dev.muster.ports.out.access.UserTokens;
import dev.muster.ports.out.access.UserTokens.Held;
import dev.muster.ports.out.fleet.AgentLogins;
import dev.muster.ports.out.fleet.AgentLogins.Login;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks up whose credentials are. Those that come at the same moment are looked up together; one
 * that is part of a larger transaction belongs to that one. Thread-safe.
 */
final class CredentialLookup {
  private static final int MOST_AT_ONCE = 200;
  private static final int BATCHES_AT_ONCE = 2;

  private final Transactions transactions;
  private final UserTokens userTokens;
  private final AgentLogins agentLogins;
  private final Gathering<TokenHash, Optional<Held>> users =
      new Gathering<>(this::users, MOST_AT_ONCE, BATCHES_AT_ONCE);
  private final Gathering<AgentKey, Optional<Login>> agents =
      new Gathering<>(this::agents, MOST_AT_ONCE, BATCHES_AT_ONCE);

  CredentialLookup(Transactions transactions, UserTokens userTokens, AgentLogins agentLogins) {
    this.transactions = transactions;
    this.userTokens = userTokens;
    this.agentLogins = agentLogins;
  }

  /** A key, and when it was shown. */
  private record AgentKey(TokenHash hash, Instant shownAt) {}

  /** The token of a user, revoked and expired ones too. */
  Optional<Held> user(TokenHash hash) {
    return transactions.isOpen() ? userTokens.byHash(hash) : users.of(hash);
  }

  /** The agent of a key that is good now. */
  Optional<Login> agent(TokenHash hash, Instant now) {
    return transactions.isOpen()
        ? agentLogins.byKey(hash, now)
        : agents.of(new AgentKey(hash, now));
  }

  private List<Optional<Held>> users(List<TokenHash> hashes) {
    Map<TokenHash, Held> found = userTokens.byHashes(hashes);
    return hashes.stream().map(hash -> Optional.ofNullable(found.get(hash))).toList();
  }

  /** All of them as of the last: a key that ends between two of them has ended for both. */
  private List<Optional<Login>> agents(List<AgentKey> keys) {
    Instant last = keys.stream().map(AgentKey::shownAt).max(Instant::compareTo).orElseThrow();
    Map<TokenHash, Login> found =
        agentLogins.byKeys(keys.stream().map(AgentKey::hash).toList(), last);
    return keys.stream().map(key -> Optional.ofNullable(found.get(key.hash()))).toList();
  }
}
