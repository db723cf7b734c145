package dev.muster.agent.loop;

/** What ends a job's work. */
enum Ending {
  /** The work itself. */
  OWN,
  /** Somebody cancelled the job. */
  CANCELLED,
  /** Its run timeout. */
  TIMED_OUT,
  /** The agent stops, and gives the job back. */
  RELEASED,
  /** The job is somebody else's now. */
  LOST
}
