WITH taken AS (
  UPDATE floor_jobs SET status = 'assigned', agent = :client_id, assigned_at = now()
  WHERE id IN (
    SELECT id FROM floor_jobs WHERE status = 'queued'
    ORDER BY queued_at, id LIMIT 50 FOR UPDATE SKIP LOCKED)
  RETURNING id)
SELECT array_agg(id) AS ids FROM taken \gset
UPDATE floor_jobs SET status = 'completed', finished_at = now() WHERE id = ANY (:ids::bigint[]);
