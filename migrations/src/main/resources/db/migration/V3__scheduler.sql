-- What the scheduler counts.
--
-- Locks: tenant_counters, then agent_counters, then jobs, and within each by key. Who steers an
-- agent holds its row in agents first and takes its counters after; nobody takes them the other way.

ALTER TABLE tenant_counters
  -- In force: the tenant's own, or its plan's.
  ADD COLUMN weight integer NOT NULL DEFAULT 1 CHECK (weight >= 1),
  -- Of those running, the ones that shared agents have.
  ADD COLUMN running_shared integer NOT NULL DEFAULT 0 CHECK (running_shared >= 0),
  -- Each start adds 1,000,000 ÷ weight, so that who got less stands further back.
  ADD COLUMN virtual_time bigint NOT NULL DEFAULT 0,
  -- How many jobs ever came into the tenant's lanes: by submit, promotion, requeue or retry. Who
  -- remembers the lanes as of this number remembers them without a gap.
  ADD COLUMN arrivals bigint NOT NULL DEFAULT 0,
  -- Of two readings of the row the one with the greater number is the newer.
  ADD COLUMN version bigint NOT NULL DEFAULT 0;

-- Or the owner would see no row of what is there already.
ALTER TABLE tenants NO FORCE ROW LEVEL SECURITY;
ALTER TABLE tenant_counters NO FORCE ROW LEVEL SECURITY;
ALTER TABLE agents NO FORCE ROW LEVEL SECURITY;
ALTER TABLE jobs NO FORCE ROW LEVEL SECURITY;

UPDATE tenant_counters SET weight = limits.weight
FROM (
  SELECT tenants.id, coalesce(tenants.weight, plans.weight) AS weight
  FROM tenants JOIN plans ON plans.name = tenants.plan) AS limits
WHERE limits.id = tenant_counters.tenant_id;

UPDATE tenant_counters SET running_shared = shared.jobs
FROM (
  SELECT tenant_id, count(*) AS jobs FROM jobs
  WHERE status IN ('assigned', 'running') AND pool = 'shared'
  GROUP BY tenant_id) AS shared
WHERE shared.tenant_id = tenant_counters.tenant_id;

-- A trigger, because one statement that forgets it would have replicas plan with what is past.
CREATE FUNCTION next_version() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  NEW.version := OLD.version + 1;
  RETURN NEW;
END
$$;
CREATE TRIGGER each_change_is_newer BEFORE UPDATE ON tenant_counters
  FOR EACH ROW EXECUTE FUNCTION next_version();

-- How many jobs an agent has, and the limits in force: kept like the tenants', and away from the
-- agent's own row, which people and heartbeats change.
CREATE TABLE agent_counters (
  tenant_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  leased integer NOT NULL DEFAULT 0 CHECK (leased >= 0),
  max_concurrent integer NOT NULL,
  open boolean NOT NULL,
  PRIMARY KEY (tenant_id, agent_id),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES agents (tenant_id, id) ON DELETE CASCADE
) WITH (
  fillfactor = 20,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 500,
  autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 5000
);
CREATE INDEX agent_counters_by_agent ON agent_counters (agent_id);

INSERT INTO agent_counters (tenant_id, agent_id, leased, max_concurrent, open)
SELECT
  agents.tenant_id, agents.id, count(jobs.id), agents.max_concurrent,
  agents.enabled AND NOT agents.draining
FROM agents
LEFT JOIN jobs ON jobs.agent_id = agents.id AND jobs.status IN ('assigned', 'running')
GROUP BY agents.tenant_id, agents.id;

SELECT protect_tenant_table('agent_counters');
GRANT SELECT, INSERT, UPDATE ON agent_counters TO muster_tenant, muster_system;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
ALTER TABLE tenant_counters FORCE ROW LEVEL SECURITY;
ALTER TABLE agents FORCE ROW LEVEL SECURITY;
ALTER TABLE jobs FORCE ROW LEVEL SECURITY;

-- The few cancels that an agent has yet to hear of, and the few jobs that a repeated claim asks
-- for: looked for at each poll, so not by way of all that the agent ever had.
CREATE INDEX jobs_to_be_cancelled ON jobs (agent_id)
  WHERE cancel_requested_at IS NOT NULL AND NOT cancel_told AND status IN ('assigned', 'running');
CREATE INDEX jobs_claimed ON jobs (agent_id, claim_id)
  WHERE claim_id IS NOT NULL AND status = 'assigned';
CREATE INDEX agents_to_be_told ON agents (id) WHERE pending_control IS NOT NULL OR NOT enabled;
