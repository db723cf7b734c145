-- A sealed value belongs to its version too: a former update key of an agent, put back by whoever can
-- write rows, must not open.
ALTER TABLE agent_update_keys ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1);
