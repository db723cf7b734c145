-- Releases of the agent: what is offered, to whom, and what became of it.

-- They belong to the installation, not to a tenant.
CREATE TABLE releases (
  sequence bigint PRIMARY KEY CHECK (sequence >= 1),
  floor bigint NOT NULL CHECK (floor BETWEEN 0 AND sequence),
  version text NOT NULL,
  least_java integer NOT NULL,
  length bigint NOT NULL CHECK (length BETWEEN 1 AND 268435456),
  sha256 text NOT NULL,
  publisher_signature text,
  percentage integer NOT NULL CHECK (percentage BETWEEN 0 AND 100),
  regions text[] NOT NULL,
  pinned uuid[] NOT NULL,
  status text NOT NULL CHECK (status IN ('running', 'paused', 'halted')),
  rolled_out_at timestamptz NOT NULL,
  artifact uuid,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL
);
CREATE INDEX releases_newest ON releases (created_at DESC, sequence DESC);
CREATE INDEX releases_on_offer ON releases (sequence DESC)
  WHERE status = 'running' AND artifact IS NOT NULL;
GRANT SELECT, INSERT, UPDATE ON releases TO muster_system;

-- Compressing a jar once more would cost time and win nothing.
CREATE TABLE release_pieces (
  upload uuid NOT NULL,
  number integer NOT NULL CHECK (number >= 0),
  piece bytea NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (upload, number)
);
ALTER TABLE release_pieces ALTER COLUMN piece SET STORAGE EXTERNAL;
GRANT SELECT, INSERT, DELETE ON release_pieces TO muster_system;

CREATE TABLE agent_updates (
  tenant_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  sequence bigint NOT NULL,
  offered_at timestamptz NOT NULL,
  outcome text CHECK (outcome IN ('applied', 'reverted', 'rejected')),
  cause text NOT NULL,
  reported_at timestamptz,
  PRIMARY KEY (tenant_id, agent_id, sequence),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES agents (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX agent_updates_of_release ON agent_updates (sequence, outcome);
SELECT protect_tenant_table('agent_updates');
GRANT SELECT, INSERT, UPDATE, DELETE ON agent_updates TO muster_tenant, muster_system;
