-- What those who run the system look at: work that failed, what waits, and who is connected.

-- Lists of what did not succeed, newest first. A job meets these indexes when it fails, not when it
-- is submitted or done: the other lists make do with what there is, because a list of all jobs of a
-- status that most jobs have needs no index of its own.
CREATE INDEX jobs_unsuccessful_of_tenant ON jobs (tenant_id, id)
  WHERE status IN ('failed', 'cancelled', 'expired') OR error_class IS NOT NULL;
CREATE INDEX jobs_unsuccessful ON jobs (id)
  WHERE status IN ('failed', 'cancelled', 'expired') OR error_class IS NOT NULL;

-- Where an agent called last, and since when it has called without a pause: written with
-- last_seen_at, and like it in no index.
ALTER TABLE agents
  ADD COLUMN replica text,
  ADD COLUMN connected_since timestamptz;

-- What waited when it was last counted, for queues that are too long to be counted each time
-- somebody asks: a row for each pool and priority, one for each capability, and one for all.
CREATE TABLE queue_counts (
  counted_at timestamptz NOT NULL,
  pool text,
  priority text,
  capability text,
  queued bigint NOT NULL,
  -- Of those, the ones whose time has not come.
  delayed bigint NOT NULL
);
GRANT SELECT, INSERT, DELETE ON queue_counts TO muster_system;
