// pg-boss draining a queue: fetch and complete, so many at a time.
// Prints name=value lines; arguments: batch size, count.
import PgBoss from "pg-boss";
import pg from "pg";

const [size, count] = [Number(process.argv[2]), Number(process.argv[3])];
const FETCHERS = size === 1 ? 16 : 4;
const QUEUE = "scan";

const boss = new PgBoss({
  connectionString: process.env.PEER_DATABASE,
  max: FETCHERS,
  supervise: false,
  schedule: false,
});
boss.on("error", (error) => {
  console.error(error);
  process.exit(1);
});
await boss.start();
await boss.createQueue(QUEUE);

async function fill(jobs) {
  for (let at = 0; at < jobs; at += 1000) {
    const batch = Array.from({ length: Math.min(1000, jobs - at) }, () => ({
      name: QUEUE,
      data: { tool: "nmap", target: "192.0.2.1" },
    }));
    await boss.insert(batch);
  }
}

/** So that plans do not come from an empty table. */
async function analyze() {
  const client = new pg.Client({ connectionString: process.env.PEER_DATABASE });
  await client.connect();
  await client.query("VACUUM ANALYZE");
  await client.end();
}

async function fetcher() {
  for (;;) {
    const jobs = await boss.fetch(QUEUE, { batchSize: size });
    if (!jobs || jobs.length === 0) return;
    await boss.complete(
      QUEUE,
      jobs.map((job) => job.id),
    );
  }
}

async function drain(jobs) {
  await fill(jobs);
  await analyze();
  const begin = process.hrtime.bigint();
  await Promise.all(Array.from({ length: FETCHERS }, fetcher));
  return (jobs * 1e9) / Number(process.hrtime.bigint() - begin);
}

await drain(count / 4);
const rates = [];
for (let round = 0; round < 3; round++) rates.push(await drain(count));
console.log(`rate=${rates.sort((a, b) => a - b)[1]}`);
process.exit(0);
