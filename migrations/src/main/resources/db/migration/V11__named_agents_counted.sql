-- How many agents of a tenant come by name. Whoever has an agent token makes agents by making names
-- up: one conditional statement counts them and keeps them in bounds.
CREATE TABLE named_agent_counters (
  tenant_id uuid PRIMARY KEY REFERENCES tenants (id),
  agents integer NOT NULL CHECK (agents >= 0)
) WITH (fillfactor = 50);

-- FORCE would hide the rows from the owner, who runs this.
ALTER TABLE named_agents NO FORCE ROW LEVEL SECURITY;
INSERT INTO named_agent_counters (tenant_id, agents)
SELECT tenant_id, count(*) FROM named_agents GROUP BY tenant_id;
ALTER TABLE named_agents FORCE ROW LEVEL SECURITY;

SELECT protect_tenant_table('named_agent_counters');
GRANT SELECT, INSERT, UPDATE ON named_agent_counters TO muster_tenant, muster_system;
