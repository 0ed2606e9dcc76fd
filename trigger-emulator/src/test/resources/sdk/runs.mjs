// Runs: triggered with all options, read and changed.
import { call, client, core, deepEqual, equal, holds, match, ok, refused, sdk } from "./client.mjs";

const { idempotencyKeys, runs, tasks } = sdk;
const { BadRequestError, NotFoundError, UnprocessableEntityError } = core;

export default async function () {
  await triggers();
  await changes();
}

async function triggers() {
  const key = await call(
    "idempotencyKeys.create",
    () => idempotencyKeys.create(["order", "1"], { scope: "global" }),
    (key) => equal(key, "0bafe22156d2698c143b86040446d366ead863ba600d5c924f3d15c786ef4057"),
  );
  for (const scope of ["run", "attempt"]) {
    await call(
      `idempotencyKeys.create (${scope})`,
      () => idempotencyKeys.create(["order", "1"], { scope }),
      (own) => equal(own, key),
    );
  }
  const handle = await call(
    "tasks.trigger",
    () =>
      tasks.trigger(
        "echo",
        { hello: "world", at: new Date(0) },
        {
          idempotencyKey: key,
          idempotencyKeyTTL: "1h",
          tags: ["sdk", "first"],
          metadata: { step: 1 },
          ttl: "1h",
          maxAttempts: 2,
          maxDuration: 60,
          machine: "small-2x",
          priority: 5,
          concurrencyKey: "tenant-1",
          queue: "orders",
        },
      ),
    (handle) => {
      match(handle.id, /^run_\w+$/);
      equal(handle.isCached, false);
      deepEqual(JSON.parse(atob(handle.publicAccessToken.split(".")[1])).scopes, [
        `read:runs:${handle.id}`,
        `write:inputStreams:${handle.id}`,
      ]);
    },
  );
  await call(
    "tasks.trigger (cached)",
    () => tasks.trigger("echo", { hello: "world" }, { idempotencyKey: key }),
    (again) => deepEqual([again.id, again.isCached], [handle.id, true]),
  );
  await call(
    "tasks.trigger (parts of the key)",
    () => tasks.trigger("echo", {}, { idempotencyKey: ["order", "1"] }),
    (again) => deepEqual([again.id, again.isCached], [handle.id, true]),
  );
  await call(
    "tasks.trigger (key for another task)",
    () => tasks.trigger("fails", {}, { idempotencyKey: key, delay: "1h" }),
    (other) => ok(other.id !== handle.id && !other.isCached),
  );
  await call(
    "runs.poll",
    () => runs.poll(handle.id, { pollIntervalMs: 20 }),
    (run) =>
      holds(run, {
        id: handle.id,
        taskIdentifier: "echo",
        status: "COMPLETED",
        output: { hello: "world", at: "1970-01-01T00:00:00.000Z" },
        tags: ["first", "sdk"],
        metadata: { step: 1 },
        ttl: "1h",
        isCompleted: true,
        isSuccess: true,
        isFailed: false,
        isQueued: false,
        isTest: false,
        attemptCount: 1,
        depth: 0,
        triggerFunction: "trigger",
        relatedRuns: { children: [] },
      }),
  );
  await call(
    "runs.retrieve",
    () => runs.retrieve(handle),
    (run) => {
      deepEqual(run.payload, { hello: "world", at: "1970-01-01T00:00:00.000Z" });
      ok(run.createdAt <= run.startedAt && run.startedAt <= run.finishedAt);
      match(run.version, /^\d{8}\.\d+$/);
    },
  );
  await call(
    "runs.retrieve (key)",
    () => runs.retrieve(handle.id),
    (run) => equal(run.idempotencyKey, "order-1"),
  );
  await call(
    "idempotencyKeys.reset",
    () => idempotencyKeys.reset("echo", key),
    (reset) => deepEqual(reset, { id: key }),
  );
  await call(
    "tasks.trigger (after the reset)",
    () => tasks.trigger("echo", 1, { idempotencyKey: key }),
    (again) => ok(again.id !== handle.id && !again.isCached),
  );
  await call(
    "idempotencyKeys.reset (parts)",
    () => idempotencyKeys.reset("echo", ["order", "1"], { scope: "global" }),
    (reset) => deepEqual(reset, { id: key }),
  );
  await refused("idempotencyKeys.reset (twice)", () => idempotencyKeys.reset("echo", key), NotFoundError, 404, /No runs found/);
  for (const [name, payload, read = payload] of [
    ["text", "plain"],
    ["nothing", undefined],
    ["null", null],
    ["number", 1.5],
    ["list", [1, { two: [] }]],
    ["bigint", { n: 10n }, { n: "10" }],
    ["set", new Set(["a"]), ["a"]],
  ]) {
    const run = await tasks.trigger("echo", payload);
    await call(
      `runs.poll (${name})`,
      () => runs.poll(run, { pollIntervalMs: 20 }),
      (run) => {
        deepEqual(run.payload, read);
        deepEqual(run.output, read);
      },
    );
  }
  const large = await tasks.trigger("echo", { text: "x".repeat(200_000) });
  await call(
    "runs.poll (large)",
    () => runs.poll(large, { pollIntervalMs: 20 }),
    (run) => deepEqual([run.payload.text.length, run.output.text.length], [200_000, 200_000]),
  );
  const failing = await tasks.trigger("fails", {}, { maxAttempts: 1 });
  await call(
    "runs.poll (failed)",
    () => runs.poll(failing, { pollIntervalMs: 20 }),
    (run) =>
      holds(run, {
        status: "FAILED",
        isFailed: true,
        isCompleted: true,
        isSuccess: false,
        output: undefined,
        error: { message: "boom" },
      }),
  );
  await call(
    "tasks.trigger (task without a version)",
    () => tasks.trigger("unborn", {}, { tags: "one" }),
    async (handle) =>
      holds(await runs.retrieve(handle.id), { status: "PENDING_VERSION", tags: ["one"], isQueued: true, version: undefined }),
  );
  const version = (await runs.retrieve(handle.id)).version;
  await call(
    "tasks.trigger (version)",
    () => tasks.trigger("echo", {}, { version, delay: "1h" }),
    async (handle) => equal((await runs.retrieve(handle.id)).version, version),
  );
  await call(
    "tasks.trigger (concurrency limit)",
    () => tasks.trigger("echo", 3, { concurrency: "per-tenant", concurrencyKey: "t-1" }),
    async ({ id }) => equal((await runs.poll(id, { pollIntervalMs: 20 })).output, 3),
  );
  await call(
    "tasks.trigger (debounce)",
    async () => {
      const debounce = { key: "d", delay: "1h" };
      return [
        await tasks.trigger("echo", 1, { debounce }),
        await tasks.trigger("echo", 2, { debounce: { ...debounce, mode: "trailing" } }),
      ];
    },
    async ([first, second]) => {
      equal(second.id, first.id);
      equal((await runs.retrieve(first.id)).payload, 2);
    },
  );
  await refused(
    "tasks.trigger (11 tags)",
    () => tasks.trigger("echo", {}, { tags: Array.from({ length: 11 }, (_, n) => `t${n}`) }),
    UnprocessableEntityError,
    422,
    /10 tags/,
  );
}

async function changes() {
  const at = new Date("2040-01-01T00:00:00.000Z");
  const handle = await tasks.trigger("echo", { n: 1 }, { tags: ["original"] });
  const original = await runs.poll(handle, { pollIntervalMs: 20 });
  const later = await call(
    "tasks.trigger (delay)",
    () => tasks.trigger("echo", { n: 1 }, { delay: at, region: original.region }),
    async (handle) =>
      holds(await runs.retrieve(handle.id), { status: "DELAYED", delayedUntil: at, isQueued: true, attemptCount: 0 }),
  );
  await call(
    "runs.reschedule",
    () => runs.reschedule(later.id, { delay: "2h" }),
    (run) => {
      holds(run, { id: later.id, status: "DELAYED" });
      ok(run.delayedUntil < at);
    },
  );
  await call(
    "runs.cancel",
    () => runs.cancel(later.id),
    (cancelled) => deepEqual(cancelled, { id: later.id }),
  );
  await call(
    "runs.cancel (twice)",
    () => runs.cancel(later.id),
    (cancelled) => deepEqual(cancelled, { id: later.id }),
  );
  await call(
    "runs.retrieve (cancelled)",
    () => runs.retrieve(later.id),
    (run) =>
      holds(run, {
        status: "CANCELED",
        isCancelled: true,
        isCompleted: true,
        isFailed: true,
        isSuccess: false,
        startedAt: undefined,
      }),
  );
  await refused(
    "runs.reschedule (not delayed)",
    () => runs.reschedule(later.id, { delay: "2h" }),
    BadRequestError,
    400,
    "Cannot reschedule a run that is not delayed",
  );
  await refused(
    "tasks.trigger (unknown region)",
    () => tasks.trigger("echo", {}, { region: "nowhere" }),
    UnprocessableEntityError,
    422,
    'The region you specified doesn\'t exist ("nowhere").',
  );
  await call(
    "runs.replay",
    () => runs.replay(original.id),
    async (replay) => {
      ok(replay.id !== original.id);
      holds(await runs.poll(replay.id, { pollIntervalMs: 20 }), { payload: { n: 1 }, tags: ["original"], output: { n: 1 } });
    },
  );
  await call(
    "runs.replay (options)",
    () =>
      runs.replay(original.id, {
        payload: { at: new Date(1) },
        tags: ["again"],
        metadata: { m: 1 },
        delay: "1h",
        ttl: "2h",
        queue: "orders",
        concurrencyKey: "k",
        machine: "micro",
        maxAttempts: 3,
        maxDuration: 9,
        priority: 1,
        idempotencyKey: "replay-1",
        idempotencyKeyTTL: "1d",
      }),
    async (replay) =>
      holds(await runs.retrieve(replay.id), {
        status: "DELAYED",
        payload: { at: "1970-01-01T00:00:00.001Z" },
        tags: ["again"],
        metadata: { m: 1 },
        ttl: "2h",
        idempotencyKey: "replay-1",
      }),
  );
  await call(
    "ApiClient.addTags",
    () => client().addTags(original.id, { tags: ["more", "original"] }),
    async ({ message }) => {
      equal(message, "Successfully set 1 new tags.");
      deepEqual((await runs.retrieve(original.id)).tags, ["more", "original"]);
    },
  );
  await call(
    "ApiClient.updateRunMetadata",
    () =>
      client().updateRunMetadata(original.id, {
        operations: [
          { type: "set", key: "a", value: 1 },
          { type: "increment", key: "a", value: 2 },
          { type: "append", key: "l", value: "x" },
        ],
      }),
    ({ metadata }) => deepEqual(metadata, { a: 3, l: ["x"] }),
  );
  for (const [name, action] of Object.entries({
    retrieve: () => client().retrieveRun("run_none"),
    cancel: () => runs.cancel("run_none"),
    replay: () => runs.replay("run_none"),
    reschedule: () => runs.reschedule("run_none", { delay: "1h" }),
  })) {
    await refused(`runs.${name} (unknown)`, action, NotFoundError, 404, name === "retrieve" ? "Not found" : /not found/i);
  }
}
