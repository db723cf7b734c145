-- Further ways to join, and how often one address may fail at it.

-- The last few attempts from one address that failed or brought no token. Who has no credential has
-- no tenant: the table belongs to the installation.
CREATE TABLE enrolment_attempts (
  network text PRIMARY KEY,
  times timestamptz[] NOT NULL,
  last_at timestamptz NOT NULL
) WITH (fillfactor = 50);
CREATE INDEX enrolment_attempts_oldest ON enrolment_attempts (last_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON enrolment_attempts TO muster_system;

-- Who joined under which registration id, where there was no enrolment token to note it with.
CREATE TABLE registrations (
  tenant_id uuid NOT NULL,
  flow text NOT NULL CHECK (flow IN ('local', 'legacy', 'agent_token', 'shared')),
  registration_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  joined_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, flow, registration_id),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES agents (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX registrations_of_agent ON registrations (tenant_id, agent_id);
SELECT protect_tenant_table('registrations');
GRANT SELECT, INSERT, UPDATE, DELETE ON registrations TO muster_tenant, muster_system;

-- Tokens with which a tenant's agents present themselves by name.
CREATE TABLE agent_tokens (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  name text NOT NULL,
  prefix text NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  revoked_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, hash)
);
CREATE INDEX agent_tokens_by_hash ON agent_tokens (hash);
CREATE INDEX agent_tokens_newest ON agent_tokens (tenant_id, created_at DESC, id DESC);
SELECT protect_tenant_table('agent_tokens');
GRANT SELECT, INSERT, UPDATE ON agent_tokens TO muster_tenant, muster_system;

-- Agents that hold no credential of their own for good, but come by name with one that many share:
-- which installation speaks under the name and since when, and what it last presented (the id of an
-- agent token or of a platform key).
CREATE TABLE named_agents (
  tenant_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  flow text NOT NULL CHECK (flow IN ('agent_token', 'shared')),
  instance uuid,
  since timestamptz NOT NULL,
  presented uuid NOT NULL,
  PRIMARY KEY (tenant_id, agent_id),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES agents (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX named_agents_by_presented ON named_agents (tenant_id, presented);
SELECT protect_tenant_table('named_agents');
GRANT SELECT, INSERT, UPDATE, DELETE ON named_agents TO muster_tenant, muster_system;

-- The pool of shared agents that register themselves, and the keys they prove it with.
CREATE TABLE shared_agent_pools (
  tenant_id uuid PRIMARY KEY REFERENCES tenants (id),
  min_replicas integer,
  max_replicas integer,
  cpu_target_pct integer,
  created_at timestamptz NOT NULL
);
SELECT protect_tenant_table('shared_agent_pools');
GRANT SELECT, INSERT, UPDATE ON shared_agent_pools TO muster_tenant, muster_system;

CREATE TABLE platform_keys (
  tenant_id uuid NOT NULL REFERENCES shared_agent_pools (tenant_id),
  id uuid NOT NULL,
  key_id text NOT NULL,
  sealed bytea NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
SELECT protect_tenant_table('platform_keys');
GRANT SELECT, INSERT, UPDATE, DELETE ON platform_keys TO muster_tenant, muster_system;

-- What was signed for a registration works once: the row is inserted in the transaction of the
-- effect, so of any number of replicas one gets it in.
CREATE TABLE registration_nonces (
  tenant_id uuid NOT NULL,
  nonce text NOT NULL,
  keep_until timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, nonce)
);
CREATE INDEX registration_nonces_oldest ON registration_nonces (tenant_id, keep_until);
SELECT protect_tenant_table('registration_nonces');
GRANT SELECT, INSERT, UPDATE, DELETE ON registration_nonces TO muster_tenant, muster_system;

-- Under which platform key a shared agent's token was given, so that both end together.
ALTER TABLE agent_keys ADD COLUMN platform_key uuid;
CREATE INDEX agent_keys_of_platform_key ON agent_keys (tenant_id, platform_key)
  WHERE platform_key IS NOT NULL;
