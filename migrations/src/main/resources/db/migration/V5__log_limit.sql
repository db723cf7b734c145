-- How many bytes of text a job's log has up to and with each line: the newest line tells at once
-- whether the next one still has room. Kept here and not in the job, whose row would be written
-- anew with each line.
ALTER TABLE job_logs ADD COLUMN bytes_so_far bigint NOT NULL DEFAULT 0;
