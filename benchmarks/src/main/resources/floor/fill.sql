INSERT INTO floor_jobs (payload)
SELECT '{"tool":"nmap","target":"192.0.2.1"}' FROM generate_series(1, %d);
