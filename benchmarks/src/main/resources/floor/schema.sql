-- The plainest queue: first in, first out; no tenants, no rules, no audit.
CREATE TABLE floor_jobs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  status text NOT NULL DEFAULT 'queued',
  payload text NOT NULL,
  queued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  agent integer,
  assigned_at timestamptz,
  finished_at timestamptz
) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX floor_jobs_queued ON floor_jobs (queued_at, id) WHERE status = 'queued';
