-- The audit log becomes tamper-evident, and forgets what is past its tenant's retention.
--
-- A sealer links what was committed, behind the writers: audit_seals has a link for each entry,
-- audit_heads the end of each tenant's chain, signed. Writers touch neither.

-- In which transaction an entry was written. The order of the links is the order of these, because
-- it is the only one in which nothing can come late: below the oldest transaction that still runs
-- everything has ended. The index grows at its right edge only; it has the whole order, because one
-- transaction may have written millions: this one, for all entries that are there already.
ALTER TABLE audit_events ADD COLUMN xact xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX audit_events_in_order ON audit_events (xact, at, id);

-- Nobody says when it was but the database.
REVOKE INSERT ON audit_events FROM muster_tenant, muster_system;
GRANT INSERT
  (tenant_id, at, id, actor_kind, actor_id, actor_name, action, resource_kind, resource_id, outcome,
   before, after, address, user_agent, request_id)
  ON audit_events TO muster_tenant, muster_system;

-- Written once and never changed, like the entries.
CREATE TABLE audit_seals (
  tenant_id uuid NOT NULL,
  seq bigint NOT NULL CHECK (seq >= 1),
  at timestamptz NOT NULL,
  entry_id uuid NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (tenant_id, seq),
  UNIQUE (tenant_id, at, entry_id)
);
SELECT protect_tenant_table('audit_seals');
GRANT SELECT, INSERT ON audit_seals TO muster_system;

CREATE TABLE audit_heads (
  tenant_id uuid NOT NULL PRIMARY KEY,
  seq bigint NOT NULL CHECK (seq >= 1),
  hash bytea NOT NULL CHECK (length(hash) = 32),
  -- The last link that retention took away; 0 where none was.
  removed_through bigint NOT NULL CHECK (removed_through BETWEEN 0 AND seq),
  removed_hash bytea NOT NULL CHECK (length(removed_hash) = 32),
  -- Where the sealer first went on although what it found was not what it had left; 0: nowhere.
  broken_at bigint NOT NULL CHECK (broken_at >= 0),
  signed_at timestamptz NOT NULL,
  signature text NOT NULL
) WITH (fillfactor = 50);
SELECT protect_tenant_table('audit_heads');
GRANT SELECT, INSERT, UPDATE ON audit_heads TO muster_system;

-- How far the sealer is: everything up to and with this entry has its link.
CREATE TABLE audit_sealer (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  xact xid8 NOT NULL,
  at timestamptz NOT NULL,
  id uuid NOT NULL
);
INSERT INTO audit_sealer (xact, at, id)
VALUES ('0', '-infinity', '00000000-0000-0000-0000-000000000000');
GRANT SELECT, UPDATE ON audit_sealer TO muster_system;

-- How many days a tenant's entries are kept; without a row for ever.
CREATE TABLE audit_retention (
  tenant_id uuid NOT NULL PRIMARY KEY REFERENCES tenants (id),
  days integer NOT NULL CHECK (days BETWEEN 30 AND 36500)
);
SELECT protect_tenant_table('audit_retention');
GRANT SELECT ON audit_retention TO muster_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_retention TO muster_system;

-- Retention alone deletes, and this holds it to its word: whatever the statement says, no row goes
-- that its tenant still keeps.
GRANT DELETE ON audit_events, audit_seals TO muster_system;
CREATE FUNCTION keep_audit_rows() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM public.audit_retention
     WHERE tenant_id = OLD.tenant_id AND OLD.at < now() - make_interval(days => days)) THEN
    RAISE EXCEPTION 'the audit log keeps this row' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END
$$;
CREATE TRIGGER kept BEFORE DELETE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION keep_audit_rows();
CREATE TRIGGER kept BEFORE DELETE ON audit_seals
  FOR EACH ROW EXECUTE FUNCTION keep_audit_rows();

-- Drops the partitions of months before a moment that have no page left: retention has deleted all
-- rows and vacuum has given the pages back, so nothing can be lost here. It runs as the owner. A
-- drop needs the table to itself: where it cannot have it at once, another time will do.
CREATE FUNCTION drop_empty_audit_partitions(before timestamptz) RETURNS integer
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '200ms'
AS $$
DECLARE
  partition text;
  dropped integer := 0;
BEGIN
  FOR partition IN
    SELECT relname
      FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
     WHERE inhparent = 'public.audit_events'::regclass
       AND relname ~ '^audit_events_[0-9]{4}_[0-9]{2}$'
       AND relname
           < 'audit_events_' || to_char(least(before, now()) AT TIME ZONE 'UTC', 'YYYY_MM')
     ORDER BY relname
  LOOP
    CONTINUE WHEN pg_relation_size(to_regclass('public.' || partition)) > 0;
    BEGIN
      EXECUTE format('LOCK TABLE public.audit_events, public.%I IN ACCESS EXCLUSIVE MODE', partition);
      IF pg_relation_size(to_regclass('public.' || partition)) = 0 THEN
        EXECUTE format('DROP TABLE public.%I', partition);
        dropped := dropped + 1;
      END IF;
    EXCEPTION
      WHEN lock_not_available THEN RETURN dropped;
    END;
  END LOOP;
  RETURN dropped;
END
$$;
REVOKE ALL ON FUNCTION drop_empty_audit_partitions(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_empty_audit_partitions(timestamptz) TO muster_system;
