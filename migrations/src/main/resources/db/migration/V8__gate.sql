-- What is asked of callers besides a credential, and how often they may call.

-- Beside the agents and not in their rows, which change every few seconds for everyone online.
CREATE TABLE agent_safeguards (
  tenant_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  requests_per_minute integer CHECK (requests_per_minute >= 1),
  certificate_fingerprints text[] NOT NULL,
  require_signature boolean NOT NULL,
  PRIMARY KEY (tenant_id, agent_id),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES agents (tenant_id, id) ON DELETE CASCADE
);
SELECT protect_tenant_table('agent_safeguards');
GRANT SELECT, INSERT, UPDATE, DELETE ON agent_safeguards TO muster_tenant, muster_system;

-- A version is sealed into its secret, so none is given twice: rows that ended are kept until the
-- agent goes. Replaced every 90 days, there are few.
CREATE TABLE agent_signing_secrets (
  tenant_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  version integer NOT NULL CHECK (version >= 1),
  sealed bytea NOT NULL,
  by_server boolean NOT NULL,
  created_at timestamptz NOT NULL,
  ends_at timestamptz,
  PRIMARY KEY (tenant_id, agent_id, version),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES agents (tenant_id, id) ON DELETE CASCADE
);
SELECT protect_tenant_table('agent_signing_secrets');
GRANT SELECT, INSERT, UPDATE, DELETE ON agent_signing_secrets TO muster_tenant, muster_system;

-- The nonces of signed requests. Every request adds one that is of no use ten minutes later:
-- deleting them one by one would cost as much again. So they lie in a ring of six partitions, by
-- ten minutes of their timestamps (bucket = seconds since 1970 / 600, slot = bucket mod 6), and a
-- partition is emptied as a whole. No reference to agents: the signature has just shown that the
-- agent is there.
CREATE TABLE command_nonces (
  tenant_id uuid NOT NULL,
  scope uuid NOT NULL,
  bucket bigint NOT NULL,
  slot integer NOT NULL CHECK (slot = bucket % 6),
  nonce text NOT NULL,
  PRIMARY KEY (tenant_id, scope, bucket, slot, nonce)
) PARTITION BY LIST (slot);
SELECT protect_tenant_table('command_nonces');
GRANT SELECT, INSERT ON command_nonces TO muster_system;

DO $$
BEGIN
  FOR slot IN 0..5 LOOP
    EXECUTE format(
      'CREATE TABLE command_nonces_%s PARTITION OF command_nonces FOR VALUES IN (%s)', slot, slot);
    PERFORM protect_tenant_table(to_regclass('public.command_nonces_' || slot));
  END LOOP;
END
$$;

-- Empties the two slots furthest from now; answers how many had anything in them. A timestamp is
-- accepted 300 s either way, so nonces go into the present slot and its neighbours; the two that
-- are emptied were last written to at least 15 minutes ago and will be again in 15 at the
-- earliest. They are computed here and not asked for, so that nobody can have a live one emptied.
CREATE FUNCTION forget_command_nonces() RETURNS integer
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  present bigint := floor(extract(epoch FROM clock_timestamp()) / 600);
  partition text;
  emptied integer := 0;
BEGIN
  FOR ahead IN 3..4 LOOP
    partition := 'public.command_nonces_' || (present + ahead) % 6;
    IF pg_relation_size(partition::regclass) > 0 THEN
      EXECUTE 'TRUNCATE ' || partition;
      emptied := emptied + 1;
    END IF;
  END LOOP;
  RETURN emptied;
END
$$;
REVOKE ALL ON FUNCTION forget_command_nonces() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_command_nonces() TO muster_system;

-- What replicas have taken of each credential's requests: a small row that is replaced as a whole
-- on condition that nobody else did meanwhile (version). counts are of one second each, the first
-- of second head; long slices in milliseconds since 1970.
CREATE TABLE request_allowances (
  tenant_id uuid NOT NULL,
  credential uuid NOT NULL,
  version bigint NOT NULL,
  head bigint NOT NULL,
  counts integer[] NOT NULL,
  last_long bigint NOT NULL,
  long_before bigint NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, credential)
) WITH (
  fillfactor = 40,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 1000
);
SELECT protect_tenant_table('request_allowances');
GRANT SELECT, INSERT, UPDATE ON request_allowances TO muster_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON request_allowances TO muster_system;
