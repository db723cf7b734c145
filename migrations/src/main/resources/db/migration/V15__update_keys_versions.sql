-- A sealed value belongs to its version too: a former update key of an agent, put back by whoever can
-- write rows, must not open.
ALTER TABLE agent_update_keys ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1);

-- Whoever takes an agent's keys back forgets which installation had them.
GRANT DELETE ON agent_installations TO muster_tenant, muster_system;
