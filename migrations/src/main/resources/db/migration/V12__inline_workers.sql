-- The workers within the server are agents of the platform of a type that nobody can name, and what
-- they run waits in the shared pool. Whatever the code did wrong, no tenant would own such a worker.
ALTER TABLE agents ADD CONSTRAINT inline_workers_are_the_platforms CHECK (
  worker_type <> '(inline)' OR tenant_id = '00000000-0000-0000-0000-000000000001');
ALTER TABLE jobs ADD CONSTRAINT inline_jobs_wait_in_the_shared_pool CHECK (
  worker_type <> '(inline)' OR pool = 'shared');
ALTER TABLE tenants ADD CONSTRAINT no_tenant_names_the_inline_type CHECK (
  worker_type <> '(inline)');

-- Replicas ask every few seconds whether there is anything for such a worker to do.
CREATE INDEX tenants_inline ON tenants (id) WHERE worker_mode = 'inline';
CREATE INDEX jobs_inline ON jobs (id) WHERE worker_type = '(inline)' AND status = 'queued';
