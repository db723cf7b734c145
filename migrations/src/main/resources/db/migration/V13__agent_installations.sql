-- Which installation speaks as an agent that has a key of its own, and since when. Two hosts that were
-- given the same key by mistake would otherwise take each other's jobs.
CREATE TABLE agent_installations (
  tenant_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  instance uuid NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, agent_id),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES agents (tenant_id, id) ON DELETE CASCADE
);
SELECT protect_tenant_table('agent_installations');
GRANT SELECT, INSERT, UPDATE ON agent_installations TO muster_tenant, muster_system;
