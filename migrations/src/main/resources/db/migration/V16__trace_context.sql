-- The trace that a job was submitted in, as it travels (W3C Trace Context): its claim, its run and its
-- reports continue it. Null for most. Bounded by its type and not by a check, which would have every
-- row read under a lock that stops the queue.
ALTER TABLE jobs ADD COLUMN trace_parent varchar(55);
