// graphile-worker draining a queue, and its latency when idle.
// Prints name=value lines; arguments: tuned|default|latency, count.
import { makeWorkerUtils, run, Logger } from "graphile-worker";
import pg from "pg";

const [mode, count] = [process.argv[2], Number(process.argv[3])];
const connectionString = process.env.PEER_DATABASE;
const logger = new Logger(() => () => {});

// As its own notes on performance say.
const tuned = {
  concurrentJobs: 24,
  maxPoolSize: 25,
  localQueue: { size: 500 },
  completeJobBatchDelay: 0,
  failJobBatchDelay: 0,
};

async function fill(utils, jobs) {
  const batch = Array.from({ length: jobs }, (_, n) => ({
    identifier: "scan",
    payload: { tool: "nmap", target: "192.0.2.1", n },
  }));
  await utils.addJobs(batch);
}

/** Jobs a second, from the start of a worker until nothing is left in the database. */
async function drain(utils, pool, jobs) {
  await fill(utils, jobs);
  await pool.query("VACUUM ANALYZE");
  let done = 0;
  let finished;
  const all = new Promise((resolve) => (finished = resolve));
  const begin = process.hrtime.bigint();
  const worker = await run({
    logger,
    preset: {
      worker: {
        connectionString,
        ...(mode === "tuned" ? tuned : {}),
      },
    },
    noHandleSignals: true,
    taskList: {
      scan: () => {
        done += 1;
        if (done === jobs) finished();
      },
    },
  });
  await all;
  // The last completions may still be on their way.
  while (await left(pool)) await new Promise((resolve) => setTimeout(resolve, 1));
  const nanos = Number(process.hrtime.bigint() - begin);
  await worker.stop();
  return (jobs * 1e9) / nanos;
}

async function left(pool) {
  const answer = await pool.query("SELECT EXISTS (SELECT FROM graphile_worker._private_jobs) AS left");
  return answer.rows[0].left;
}

/** One job at a time with a pause between: from before it is added until its task runs. */
async function latency(utils, rounds) {
  let arrived;
  const worker = await run({
    logger,
    preset: { worker: { connectionString, concurrentJobs: 4 } },
    noHandleSignals: true,
    taskList: { scan: () => arrived(process.hrtime.bigint()) },
  });
  const millis = [];
  for (let round = -200; round < rounds; round++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const arrival = new Promise((resolve) => (arrived = resolve));
    const begin = process.hrtime.bigint();
    const added = utils.addJob("scan", { tool: "nmap", target: "192.0.2.1" });
    const at = await arrival;
    await added;
    if (round >= 0) millis.push(Number(at - begin) / 1e6);
  }
  await worker.stop();
  millis.sort((a, b) => a - b);
  const share = (part) => millis[Math.ceil(part * rounds) - 1];
  console.log(`p50=${share(0.5)}\np99=${share(0.99)}`);
}

const pool = new pg.Pool({ connectionString });
const utils = await makeWorkerUtils({ pgPool: pool, logger });
await utils.migrate();
if (mode === "latency") {
  await latency(utils, count);
} else {
  await drain(utils, pool, count / 4);
  const rates = [];
  for (let round = 0; round < 3; round++) rates.push(await drain(utils, pool, count));
  console.log(`rate=${rates.sort((a, b) => a - b)[1]}`);
}
await utils.release();
await pool.end();
process.exit(0);
