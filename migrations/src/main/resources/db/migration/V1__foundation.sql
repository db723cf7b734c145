-- Tenants, users, agents, enrolment, idempotency and the audit log.
--
-- Two roles see the rows: muster_tenant those of the tenant that the transaction has set, and
-- muster_system all of them. The server's login is a member of both and works as itself never.
-- Every tenant table leads its keys with tenant_id and goes through protect_tenant_table.
-- Written for PostgreSQL 15 and newer.
--
-- FORCE hides all rows from the owner too, who runs this: a migration that touches rows of a
-- protected table lifts FORCE for that statement, or it changes nothing and says so to nobody.

-- Roles belong to the whole cluster: another database, or another replica at this moment, may have
-- made them already.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['muster_tenant', 'muster_system'] LOOP
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION
        WHEN duplicate_object OR unique_violation THEN NULL;
      END;
    END IF;
  END LOOP;
END
$$;

GRANT USAGE ON SCHEMA public TO muster_tenant, muster_system;

-- The wall: rows of the tenant that is set, or of none where none is set. FORCE, because the login
-- that owns the tables may be the server's own.
CREATE FUNCTION protect_tenant_table(target regclass) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY of_the_tenant ON %s TO muster_tenant'
    ' USING (tenant_id = nullif(current_setting(''muster.tenant_id'', true), '''')::uuid)'
    ' WITH CHECK (tenant_id = nullif(current_setting(''muster.tenant_id'', true), '''')::uuid)',
    target);
  EXECUTE format(
    'CREATE POLICY of_all_tenants ON %s TO muster_system USING (true) WITH CHECK (true)', target);
END
$$;
REVOKE ALL ON FUNCTION protect_tenant_table(regclass) FROM PUBLIC;

-- ---------------------------------------------------------------------------------------- tenancy

CREATE TABLE plans (
  name text PRIMARY KEY CHECK (name IN ('free', 'starter', 'pro', 'enterprise')),
  max_concurrent_jobs integer NOT NULL CHECK (max_concurrent_jobs >= 1),
  max_queue_size integer NOT NULL CHECK (max_queue_size >= 1),
  weight integer NOT NULL CHECK (weight >= 1)
);
GRANT SELECT ON plans TO muster_tenant;
GRANT SELECT, INSERT, UPDATE ON plans TO muster_system;

INSERT INTO plans (name, max_concurrent_jobs, max_queue_size, weight) VALUES
  ('free', 2, 10, 2),
  ('starter', 5, 50, 5),
  ('pro', 10, 100, 10),
  ('enterprise', 50, 500, 50);

CREATE TABLE tenants (
  id uuid PRIMARY KEY,
  slug text NOT NULL UNIQUE,
  name text NOT NULL,
  plan text NOT NULL REFERENCES plans (name),
  worker_mode text NOT NULL CHECK (worker_mode IN ('agent', 'inline')),
  pool text NOT NULL CHECK (pool IN ('shared', 'dedicated')),
  worker_type text NOT NULL,
  secret_delivery text NOT NULL CHECK (secret_delivery IN ('reference', 'inject')),
  weight integer CHECK (weight >= 1),
  task_max_concurrent integer NOT NULL DEFAULT 0 CHECK (task_max_concurrent >= 0),
  certificate_fingerprints text[] NOT NULL DEFAULT '{}',
  status text NOT NULL CHECK (status IN ('active', 'suspended')),
  created_at timestamptz NOT NULL
);
CREATE INDEX tenants_newest ON tenants (created_at DESC, id DESC);

-- How many jobs a tenant has in its queue and under leases, and the limits in force: kept in one
-- small row, so that a submit or a claim is one conditional UPDATE. Most updates are HOT (no index
-- but the key, room in the page); the many dead versions are swept early.
CREATE TABLE tenant_counters (
  tenant_id uuid PRIMARY KEY REFERENCES tenants (id),
  queued integer NOT NULL DEFAULT 0 CHECK (queued >= 0),
  running integer NOT NULL DEFAULT 0 CHECK (running >= 0),
  max_queued integer NOT NULL,
  max_running integer NOT NULL,
  open boolean NOT NULL
) WITH (
  fillfactor = 20,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 500,
  autovacuum_analyze_scale_factor = 0,
  autovacuum_analyze_threshold = 5000
);

-- The system tenant owns the platform agents, the operators and the bootstrap tokens. It takes no
-- jobs: its counters are never open.
INSERT INTO tenants
  (id, slug, name, plan, worker_mode, pool, worker_type, secret_delivery, status, created_at)
VALUES
  ('00000000-0000-0000-0000-000000000001', 'system', 'Platform', 'enterprise', 'agent', 'shared',
   'task', 'reference', 'active', '1970-01-01T00:00:00Z');
INSERT INTO tenant_counters (tenant_id, max_queued, max_running, open)
VALUES ('00000000-0000-0000-0000-000000000001', 0, 0, false);

-- Its id is the tenant's, so its policies are its own.
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_tenant ON tenants FOR SELECT TO muster_tenant
  USING (id = nullif(current_setting('muster.tenant_id', true), '')::uuid);
CREATE POLICY of_all_tenants ON tenants TO muster_system USING (true) WITH CHECK (true);
GRANT SELECT ON tenants TO muster_tenant;
GRANT SELECT, INSERT, UPDATE ON tenants TO muster_system;

SELECT protect_tenant_table('tenant_counters');
GRANT SELECT, UPDATE ON tenant_counters TO muster_tenant;
GRANT SELECT, INSERT, UPDATE ON tenant_counters TO muster_system;

-- ----------------------------------------------------------------------------------------- access

CREATE TABLE users (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('operator', 'admin', 'member', 'auditor')),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, name),
  CHECK ((role = 'operator') = (tenant_id = '00000000-0000-0000-0000-000000000001'))
);
CREATE INDEX users_by_id ON users (id);
CREATE INDEX users_newest ON users (created_at DESC, id DESC);
SELECT protect_tenant_table('users');
GRANT SELECT ON users TO muster_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON users TO muster_system;

CREATE TABLE user_tokens (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  prefix text NOT NULL,
  description text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, hash),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
) WITH (fillfactor = 80);
CREATE INDEX user_tokens_by_hash ON user_tokens (hash);
CREATE INDEX user_tokens_by_id ON user_tokens (id);
CREATE INDEX user_tokens_of_user ON user_tokens (user_id);
SELECT protect_tenant_table('user_tokens');
GRANT SELECT, INSERT, UPDATE, DELETE ON user_tokens TO muster_system;

-- No reference to tenants: one row for every submit, gone after a day, of a tenant that the
-- credential has just shown to exist. Without a status it is taken, and not yet answered.
CREATE TABLE idempotency_keys (
  tenant_id uuid NOT NULL,
  caller uuid NOT NULL,
  key text NOT NULL,
  fingerprint bytea NOT NULL,
  recorded_at timestamptz NOT NULL,
  status integer,
  location text,
  body text,
  PRIMARY KEY (tenant_id, caller, key)
);
CREATE INDEX idempotency_keys_oldest ON idempotency_keys (recorded_at);
SELECT protect_tenant_table('idempotency_keys');
GRANT SELECT, INSERT, UPDATE ON idempotency_keys TO muster_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO muster_system;

-- ------------------------------------------------------------------------------------------ fleet

-- last_seen_at changes every few seconds for everyone online: it is in no index, and pages have
-- room, so that those updates stay HOT.
CREATE TABLE agents (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  name text NOT NULL,
  capabilities text[] NOT NULL,
  tools text[] NOT NULL,
  region text,
  worker_type text NOT NULL,
  serves_tenant text,
  max_concurrent integer NOT NULL CHECK (max_concurrent >= 1),
  enabled boolean NOT NULL,
  draining boolean NOT NULL,
  pending_control text CHECK (pending_control IN ('drain', 'resume')),
  version text,
  last_seen_at timestamptz,
  offline_noted boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, name)
) WITH (
  fillfactor = 50,
  autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_vacuum_threshold = 500
);
CREATE INDEX agents_by_id ON agents (id);
CREATE INDEX agents_newest ON agents (tenant_id, created_at DESC, id DESC);
SELECT protect_tenant_table('agents');
GRANT SELECT, INSERT, UPDATE, DELETE ON agents TO muster_tenant, muster_system;

CREATE TABLE agent_keys (
  tenant_id uuid NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  agent_id uuid NOT NULL,
  prefix text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (tenant_id, hash),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES agents (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX agent_keys_by_hash ON agent_keys (hash);
CREATE INDEX agent_keys_of_agent ON agent_keys (tenant_id, agent_id);
SELECT protect_tenant_table('agent_keys');
GRANT SELECT, INSERT, UPDATE, DELETE ON agent_keys TO muster_tenant, muster_system;

CREATE TABLE agent_update_keys (
  tenant_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (tenant_id, agent_id),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES agents (tenant_id, id) ON DELETE CASCADE
);
SELECT protect_tenant_table('agent_update_keys');
GRANT SELECT, INSERT, UPDATE, DELETE ON agent_update_keys TO muster_tenant, muster_system;

-- -------------------------------------------------------------------------------------- enrolment

CREATE TABLE enrolment_tokens (
  tenant_id uuid NOT NULL REFERENCES tenants (id),
  id uuid NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  prefix text NOT NULL,
  description text NOT NULL,
  region text,
  capabilities text[] NOT NULL,
  tools text[] NOT NULL,
  max_uses integer NOT NULL CHECK (max_uses >= 1),
  uses integer NOT NULL CHECK (uses BETWEEN 0 AND max_uses),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  revocation_reason text,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, hash)
) WITH (fillfactor = 80);
CREATE INDEX enrolment_tokens_by_hash ON enrolment_tokens (hash);
CREATE INDEX enrolment_tokens_newest ON enrolment_tokens (tenant_id, created_at DESC, id DESC);
SELECT protect_tenant_table('enrolment_tokens');
GRANT SELECT, INSERT, UPDATE ON enrolment_tokens TO muster_tenant, muster_system;

-- Who joined with which token.
CREATE TABLE enrolments (
  tenant_id uuid NOT NULL,
  token_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  registration_id uuid,
  joined_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, token_id, agent_id),
  FOREIGN KEY (tenant_id, token_id) REFERENCES enrolment_tokens (tenant_id, id),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES agents (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX enrolments_of_agent ON enrolments (tenant_id, agent_id);
SELECT protect_tenant_table('enrolments');
GRANT SELECT, INSERT, DELETE ON enrolments TO muster_tenant, muster_system;

-- ------------------------------------------------------------------------------------------ audit

-- Written once and never changed: nobody has UPDATE or DELETE. No reference to tenants, because
-- every change of state pays for an insert here.
CREATE TABLE audit_events (
  tenant_id uuid NOT NULL,
  at timestamptz NOT NULL,
  id uuid NOT NULL,
  actor_kind text NOT NULL,
  actor_id uuid,
  actor_name text NOT NULL,
  action text NOT NULL,
  resource_kind text NOT NULL,
  resource_id text,
  outcome text NOT NULL CHECK (outcome IN ('done', 'refused')),
  before text,
  after text,
  address text,
  user_agent text,
  request_id text,
  PRIMARY KEY (tenant_id, at, id)
) PARTITION BY RANGE (at);
CREATE INDEX audit_events_newest ON audit_events (at DESC, id DESC);
SELECT protect_tenant_table('audit_events');
GRANT SELECT, INSERT ON audit_events TO muster_tenant, muster_system;

-- Takes what no month has been made for. Rows in it are an alarm.
CREATE TABLE audit_events_default PARTITION OF audit_events DEFAULT;
SELECT protect_tenant_table('audit_events_default');

-- Makes the partitions of the month of a moment and of the months after it; answers how many were
-- missing. It runs as the owner, so that the server's roles need no right to make tables. Rows are
-- reached through the parent only: a partition gives rights to nobody.
CREATE FUNCTION prepare_audit_partitions(around timestamptz, months_ahead integer) RETURNS integer
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  month timestamp;
  partition text;
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('muster audit partitions'));
  FOR ahead IN 0..least(months_ahead, 12) LOOP
    month := date_trunc('month', around AT TIME ZONE 'UTC') + make_interval(months => ahead);
    partition := 'audit_events_' || to_char(month, 'YYYY_MM');
    CONTINUE WHEN to_regclass('public.' || partition) IS NOT NULL;
    BEGIN
      EXECUTE format(
        'CREATE TABLE public.%I PARTITION OF public.audit_events FOR VALUES FROM (%L) TO (%L)',
        partition,
        month AT TIME ZONE 'UTC',
        (month + interval '1 month') AT TIME ZONE 'UTC');
      PERFORM public.protect_tenant_table(to_regclass('public.' || partition));
      made := made + 1;
    EXCEPTION
      -- The default partition has rows of this month: they are safe there, and later months are
      -- not to wait for somebody to move them.
      WHEN check_violation THEN
        RAISE WARNING 'audit_events_default has rows of %', to_char(month, 'YYYY-MM');
    END;
  END LOOP;
  RETURN made;
END
$$;
REVOKE ALL ON FUNCTION prepare_audit_partitions(timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION prepare_audit_partitions(timestamptz, integer) TO muster_system;

SELECT prepare_audit_partitions(now(), 3);
