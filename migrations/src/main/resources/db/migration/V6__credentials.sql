-- What credentials open, and how they end.

-- A token may open less than its user's role: null means all that the role has.
ALTER TABLE user_tokens ADD COLUMN permissions text[];
ALTER TABLE user_tokens ADD COLUMN actions text[];
ALTER TABLE user_tokens ADD COLUMN read_only boolean NOT NULL DEFAULT false;
CREATE INDEX user_tokens_of_user_newest ON user_tokens (user_id, created_at DESC, id DESC);
DROP INDEX user_tokens_of_user;

-- Written about once a minute and in no index, so that the updates stay HOT.
ALTER TABLE agent_keys ADD COLUMN last_used_at timestamptz;
ALTER TABLE agent_keys SET (fillfactor = 80);
CREATE INDEX agent_keys_revoked ON agent_keys (revoked_at) WHERE revoked_at IS NOT NULL;

-- How often all keys of an agent were taken back: a poll that was let in before is told apart from
-- one that was let in after it, whatever the order in which replicas hear of it.
ALTER TABLE agents ADD COLUMN key_generation integer NOT NULL DEFAULT 0;

-- What agents may do beside being agents, and who said so.
CREATE TABLE agent_grants (
  tenant_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  permission text NOT NULL CHECK (permission NOT IN
    ('agent_manage', 'agent_impersonate', 'system_admin')),
  granted_by_kind text NOT NULL,
  granted_by_id uuid,
  granted_by text NOT NULL,
  granted_at timestamptz NOT NULL,
  note text NOT NULL,
  PRIMARY KEY (tenant_id, agent_id, permission),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES agents (tenant_id, id) ON DELETE CASCADE,
  CHECK (tenant_id <> '00000000-0000-0000-0000-000000000001')
);
SELECT protect_tenant_table('agent_grants');
GRANT SELECT, INSERT, UPDATE, DELETE ON agent_grants TO muster_tenant, muster_system;
