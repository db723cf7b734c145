INSERT INTO floor_jobs (payload) VALUES ('{"tool":"nmap","target":"192.0.2.1"}');
UPDATE floor_jobs SET status = 'assigned', agent = :client_id, assigned_at = now()
WHERE id = (
  SELECT id FROM floor_jobs WHERE status = 'queued'
  ORDER BY queued_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id \gset
UPDATE floor_jobs SET status = 'completed', finished_at = now() WHERE id = :id;
