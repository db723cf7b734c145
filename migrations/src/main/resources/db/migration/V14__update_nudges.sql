-- Agents that are to be told to look for a release, each at its own moment.

-- Without a reference to the agent: whoever writes many of these must not hold up those who steer
-- agents, and a row for an agent that is gone lapses like any other.
CREATE TABLE update_nudges (
  tenant_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  sequence bigint NOT NULL,
  due_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, agent_id)
);
CREATE INDEX update_nudges_due ON update_nudges (due_at);
SELECT protect_tenant_table('update_nudges');
GRANT SELECT, INSERT, UPDATE, DELETE ON update_nudges TO muster_system;
