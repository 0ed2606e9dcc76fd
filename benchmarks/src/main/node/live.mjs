// Feeds and streams of the official client: the same lines in and out as dev.trigger.spring.benchmark.client.LiveWorker.
// Usage: node --expose-gc live.mjs <address of the server> <secret key>
import { setTimeout as sleep } from "node:timers/promises";
import { apiClientManager } from "@trigger.dev/core/v3";
import { configure, runs, streams, tasks } from "@trigger.dev/sdk";
import { serve } from "./commands.mjs";

const key = "benchmark";

configure({ baseURL: process.argv[2], secretKey: process.argv[3] });

const trigger = async () => (await tasks.trigger("benchmark", "", { delay: "1h" })).id;

const cpu = async (millis) => {
  const before = process.cpuUsage();
  await sleep(millis);
  const used = process.cpuUsage(before);
  return Math.round((used.user + used.system) / 1000);
};

const usedHeap = () => {
  gc();
  return Math.round(process.memoryUsage().heapUsed / 1024);
};

async function idle(feeds, seconds) {
  const run = await trigger();
  const without = usedHeap();
  const open = Array.from({ length: feeds }, () => runs.subscribeToRun(run)[Symbol.asyncIterator]());
  await Promise.all(open.map((feed) => feed.next()));
  open.forEach((feed) => feed.next());
  const first = await cpu(seconds * 500);
  const second = await cpu(seconds * 500);
  return `${without} ${usedHeap()} ${first} ${second}`;
}

async function warm(writes) {
  const run = await trigger();
  const client = apiClientManager.clientOrThrow();
  const open = Array.from({ length: 50 }, () => runs.subscribeToRun(run)[Symbol.asyncIterator]());
  const read = async (feed) => {
    while (!(await feed.next()).done);
  };
  open.forEach((feed) => read(feed).catch(() => {}));
  for (let number = 1; number <= writes; number++) {
    await client.updateRunMetadata(run, { metadata: { [key]: number } });
  }
  await client.cancelRun(run);
  return open.length;
}

async function delays(count, values, write) {
  const took = [];
  const iterator = values[Symbol.asyncIterator]();
  for (let number = 1; number <= 2 * count; number++) {
    await sleep(10);
    const start = process.hrtime.bigint();
    const written = write(number);
    let next;
    do {
      next = await iterator.next();
    } while (!next.done && next.value !== number);
    took[(number - 1) % count] = Number((process.hrtime.bigint() - start) / 1000n);
    await written;
  }
  took.sort((a, b) => a - b);
  return `${took[count >> 1]} ${took[Math.floor((count * 99) / 100)]} ${took[count - 1]}`;
}

async function* numbers(values, read) {
  for await (const value of values) {
    yield read(value);
  }
}

async function changes(count) {
  const run = await trigger();
  const client = apiClientManager.clientOrThrow();
  return delays(count, numbers(runs.subscribeToRun(run), (state) => state.metadata?.[key]),
    (number) => client.updateRunMetadata(run, { metadata: { [key]: number } }));
}

async function parts(count) {
  const run = await trigger();
  const client = apiClientManager.clientOrThrow();
  return delays(count, numbers(await streams.read(run, key), (part) => (typeof part === "string" ? JSON.parse(part) : part)[key]),
    (number) => client.appendToStream(run, "self", key, JSON.stringify({ [key]: number })));
}

await serve(([command, ...args]) => ({ idle, warm, changes, parts })[command](...args.map(Number)));
