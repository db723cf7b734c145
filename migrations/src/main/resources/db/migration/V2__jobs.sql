-- Jobs, their attempts and their logs.
--
-- What a tenant has queued and running is counted in tenant_counters, in the transaction that
-- changes a job's status. Whoever needs several locks takes them in the order tenant_counters,
-- agents, jobs, and within each by key.

CREATE TABLE jobs (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,

  -- What was asked for; never changes.
  type text NOT NULL,
  priority text NOT NULL
    CHECK (priority IN ('critical', 'high', 'normal', 'low')),
  payload text NOT NULL,
  capabilities text[] NOT NULL,
  tools text[] NOT NULL,
  preferred_region text,
  when_no_agent text NOT NULL CHECK (when_no_agent IN ('queue', 'fail')),
  max_attempts integer NOT NULL,
  run_timeout_seconds bigint NOT NULL,
  queue_timeout_seconds bigint NOT NULL,
  not_before timestamptz,
  pool text NOT NULL CHECK (pool IN ('shared', 'dedicated')),
  worker_type text NOT NULL,
  created_by text NOT NULL,

  -- Whose agents take it: the system tenant's for the shared pool, else its own tenant's.
  agent_tenant_id uuid NOT NULL GENERATED ALWAYS AS (
    CASE pool
      WHEN 'shared' THEN '00000000-0000-0000-0000-000000000001'::uuid
      ELSE tenant_id
    END) STORED,
  -- A digest of priority, worker type and requirements: jobs of one tenant that are alike in
  -- these go strictly first in, first out, so planning need not look behind the first of them.
  lane uuid NOT NULL,

  status text NOT NULL CHECK (status IN
    ('queued', 'assigned', 'running', 'completed', 'failed', 'cancelled', 'expired')),
  -- Whether a queued job stands in its lane; false until its time comes.
  due boolean NOT NULL,
  queued_at timestamptz NOT NULL,
  available_at timestamptz,
  due_at timestamptz NOT NULL,
  -- When its queue timeout ends, as long as it is queued.
  expires_at timestamptz NOT NULL,

  -- The fence, and the budget that is used up.
  attempt integer NOT NULL CHECK (attempt >= 0),
  attempts_used integer NOT NULL CHECK (attempts_used >= 0),
  -- No foreign key: a finished job outlives the agent that did it.
  agent_id uuid,
  claim_id text,
  assigned_at timestamptz,
  lease_expires_at timestamptz,
  missed_heartbeats integer NOT NULL DEFAULT 0,
  started_at timestamptz,
  cancel_requested_at timestamptz,
  cancel_told boolean NOT NULL DEFAULT false,

  progress_percent integer,
  progress_message text,
  result text,
  error_class text,
  error_message text,
  finished_at timestamptz,

  PRIMARY KEY (tenant_id, id),
  CONSTRAINT a_lease_is_held_by_an_agent CHECK (
    (status IN ('assigned', 'running')) = (lease_expires_at IS NOT NULL)
    AND (lease_expires_at IS NULL OR (agent_id IS NOT NULL AND assigned_at IS NOT NULL))),
  CONSTRAINT what_ended_says_when CHECK (
    (status IN ('queued', 'assigned', 'running')) = (finished_at IS NULL)),
  CONSTRAINT an_error_has_a_class_and_a_message CHECK (
    (error_class IS NULL) = (error_message IS NULL))
)
-- Room for renewals of leases and progress on the same page: they touch no index.
WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);
SELECT protect_tenant_table('jobs');
GRANT SELECT, INSERT, UPDATE ON jobs TO muster_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON jobs TO muster_system;

-- Whose a job is; lists over all tenants. Ids begin with their time, so this is "newest first".
CREATE INDEX jobs_by_id ON jobs (id);
-- The first jobs of each lane. Nothing here ever changes while a job waits, whatever its age.
CREATE INDEX jobs_in_lane ON jobs (tenant_id, agent_tenant_id, lane, queued_at, id)
  WHERE status = 'queued' AND due;
-- How many stand before a job: a range in each class.
CREATE INDEX jobs_in_line ON jobs (agent_tenant_id, priority, queued_at, id)
  WHERE status = 'queued' AND due;
CREATE INDEX jobs_delayed ON jobs (available_at) WHERE status = 'queued' AND NOT due;
CREATE INDEX jobs_expiring ON jobs (expires_at) WHERE status = 'queued';
-- What agents have. Sweeps for lost leases read it whole: it is never longer than all agents have
-- slots, and an index on the end of the lease would have to move with every heartbeat.
CREATE INDEX jobs_leased ON jobs (agent_id) WHERE status IN ('assigned', 'running');
CREATE INDEX jobs_ended ON jobs (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE job_attempts (
  tenant_id uuid NOT NULL,
  job_id uuid NOT NULL,
  number integer NOT NULL CHECK (number >= 1),
  agent_id uuid NOT NULL,
  assigned_at timestamptz NOT NULL,
  started_at timestamptz,
  ended_at timestamptz,
  outcome text,
  error_class text,
  error_message text,

  PRIMARY KEY (tenant_id, job_id, number),
  FOREIGN KEY (tenant_id, job_id) REFERENCES jobs (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT what_ended_says_how CHECK ((ended_at IS NULL) = (outcome IS NULL)),
  CONSTRAINT an_error_has_a_class_and_a_message CHECK (
    (error_class IS NULL) = (error_message IS NULL))
);
SELECT protect_tenant_table('job_attempts');
GRANT SELECT, INSERT, UPDATE ON job_attempts TO muster_tenant, muster_system;

CREATE TABLE job_logs (
  tenant_id uuid NOT NULL,
  job_id uuid NOT NULL,
  -- In order of arrival over all attempts; given under the job's row lock, so that who reads on
  -- after a position misses nothing that commits later.
  position bigint NOT NULL CHECK (position >= 1),
  attempt integer NOT NULL,
  seq bigint NOT NULL,
  stream text NOT NULL CHECK (stream IN ('stdout', 'stderr', 'system')),
  at timestamptz NOT NULL,
  text text NOT NULL,

  PRIMARY KEY (tenant_id, job_id, position),
  UNIQUE (tenant_id, job_id, attempt, seq),
  FOREIGN KEY (tenant_id, job_id) REFERENCES jobs (tenant_id, id) ON DELETE CASCADE
);
SELECT protect_tenant_table('job_logs');
GRANT SELECT, INSERT ON job_logs TO muster_tenant, muster_system;
