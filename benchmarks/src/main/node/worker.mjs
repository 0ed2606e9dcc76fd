// The official client as a client: the same lines in and out as dev.trigger.spring.benchmark.client.Worker.
// Usage: worker.mjs <address of the server>
import { readFileSync } from "node:fs";
import { apiClientManager } from "@trigger.dev/core/v3";
import { configure, runs, streams, tasks } from "@trigger.dev/sdk";
import { serve } from "./commands.mjs";

configure({ baseURL: process.argv[2], secretKey: "tr_dev_0123456789abcdef01234567" });

const welcome = (number) => ({ email: "someone@example.com", name: "Someone", number });

async function* items(count) {
  for (let index = 0; index < count; index++) {
    yield { index, task: "send-welcome", payload: JSON.stringify(welcome(index)), options: { payloadType: "application/json" } };
  }
}

async function walk() {
  let count = 0;
  for await (const run of runs.list({ limit: 100 })) {
    count += run.id ? 1 : 0;
  }
  return count;
}

const stream = async (count) => (await apiClientManager.clientOrThrow().streamBatchItems("batch_1234", items(count))).itemsAccepted;

const count = async (values) => {
  let number = 0;
  for await (const value of values) {
    number += value === undefined ? 0 : 1;
  }
  return number;
};

const scenarios = {
  RETRIEVE: async () => (await runs.retrieve("run_1234")).tags.length,
  TRIGGER: async () => (await tasks.trigger("send-welcome", welcome(1))).id.length,
  LIST: async () => (await runs.list({ limit: 25 })).data.length,
  WALK: walk,
  BATCH: async () => {
    const batch = Array.from({ length: 1000 }, (_, index) => ({ payload: welcome(index) }));
    return (await tasks.batchTrigger("send-welcome", batch)).runCount;
  },
  STREAM: () => stream(100_000),
  CHANGES: () => count(runs.subscribeToRun("run_1234")),
  PARTS: async () => count(await streams.read("run_1234", "v1")),
  RECORDS: async () => count(await streams.read("run_1234", "v2")),
};

async function run(scenario, concurrency, calls) {
  const before = process.cpuUsage();
  const start = process.hrtime.bigint();
  let started = 0;
  let count = 0;
  await Promise.all(Array.from({ length: Math.min(concurrency, calls) }, async () => {
    while (started++ < calls) {
      const got = await scenarios[scenario]();
      count += got;
    }
  }));
  const used = process.cpuUsage(before);
  return `${(used.user + used.system) * 1000} 0 ${count} 0 ${process.hrtime.bigint() - start}`;
}

await serve(async ([command, ...args]) => {
  if (command === "stream") {
    await stream(Number(args[0]));
    return readFileSync("/proc/self/status", "utf8").match(/VmHWM:\s+(\d+)/)[1];
  }
  return run(args[0], Number(args[1]), Number(args[2]));
});
