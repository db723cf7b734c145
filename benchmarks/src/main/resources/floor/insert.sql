INSERT INTO floor_jobs (payload) VALUES ('{"tool":"nmap","target":"192.0.2.1"}');
