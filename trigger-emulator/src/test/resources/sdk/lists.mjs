// Lists of runs with their filters and pages, and batches.
import { all, call, client, core, deepEqual, equal, holds, ids, match, ok, refused, sameItems, sdk } from "./client.mjs";

const { batch, queues, runs, tasks } = sdk;

export default async function () {
  await batches();
  await filters();
  await pages();
}

async function batches() {
  const one = await call(
    "tasks.batchTrigger",
    () =>
      tasks.batchTrigger("echo", [{ payload: { n: 1 }, options: { tags: ["batched"] } }, { payload: { n: 2 } }], {
        idempotencyKey: "batch-1",
      }),
    ({ batchId, runCount, publicAccessToken }) => {
      match(batchId, /^batch_\w+$/);
      equal(runCount, 2);
      deepEqual(JSON.parse(atob(publicAccessToken.split(".")[1])).scopes, [`read:batch:${batchId}`]);
    },
  );
  await refused(
    "tasks.batchTrigger (same key)",
    async () => {
      try {
        await tasks.batchTrigger("echo", [{ payload: 1 }], { idempotencyKey: "batch-1" });
      } catch (error) {
        ok(error instanceof sdk.BatchTriggerError);
        throw error.cause;
      }
    },
    core.UnprocessableEntityError,
    422,
    "Cannot create batch as it has already been created with the same idempotency key.",
  );
  const two = await call(
    "batch.trigger",
    () =>
      batch.trigger([
        { id: "echo", payload: { n: 3 } },
        { id: "fails", payload: {}, options: { maxAttempts: 1, idempotencyKey: "item" } },
      ]),
    ({ runCount }) => equal(runCount, 2),
  );
  const echo = sdk.task({ id: "echo", queue: { name: "orders" }, run: async () => {} });
  await call(
    "task().trigger",
    () => echo.trigger({ n: 5 }, { tags: ["declared"] }),
    async (handle) => {
      holds(await runs.poll(handle.id, { pollIntervalMs: 20 }), { output: { n: 5 }, tags: ["declared"] });
      deepEqual(ids(await all(runs.list({ tag: "declared", queue: { type: "custom", name: "orders" } }))), [handle.id]);
    },
  );
  await call(
    "task().batchTrigger",
    () => echo.batchTrigger([{ payload: 6 }]),
    ({ runCount }) => equal(runCount, 1),
  );
  const nightly = sdk.schedules.task({ id: "nightly", run: async () => {} });
  await call(
    "schedules.task().trigger",
    () => nightly.trigger({ n: 7 }, { delay: "1h" }),
    async ({ id }) => holds(await runs.retrieve(id), { taskIdentifier: "nightly", payload: { n: 7 } }),
  );
  await call(
    "schedules.task().batchTrigger",
    () => nightly.batchTrigger([{ payload: 8, options: { delay: "1h" } }]),
    ({ runCount }) => equal(runCount, 1),
  );
  await call(
    "batch.triggerByTask",
    () => batch.triggerByTask([{ task: echo, payload: { n: 4 } }]),
    ({ runCount }) => equal(runCount, 1),
  );
  async function* items() {
    for (let n = 0; n < 3; n++) {
      yield { payload: { n } };
    }
  }
  const streamed = await call(
    "tasks.batchTrigger (streamed)",
    () => tasks.batchTrigger("echo", items()),
    ({ runCount }) => equal(runCount, 3),
  );
  await call(
    "batch.trigger (streamed)",
    () =>
      batch.trigger(
        ReadableStream.from([
          { id: "echo", payload: 1 },
          { id: "echo", payload: 2 },
        ]),
      ),
    ({ runCount }) => equal(runCount, 2),
  );
  await call(
    "batch.triggerByTask (streamed)",
    () => batch.triggerByTask(ReadableStream.from([{ task: echo, payload: 1 }])),
    ({ runCount }) => equal(runCount, 1),
  );
  await call(
    "runs.subscribeToBatch",
    () => followed(streamed.batchId, 3),
    (found) => deepEqual(found, [{ n: 0 }, { n: 1 }, { n: 2 }]),
  );
  await call(
    "batch.retrieve",
    () => batch.retrieve(streamed.batchId),
    async (found) => {
      holds(found, { id: streamed.batchId, status: "COMPLETED", runCount: 3, idempotencyKey: undefined });
      equal(found.runs.length, 3);
      deepEqual((await runs.retrieve(found.runs[1])).payload, { n: 1 });
    },
  );
  await call(
    "runs.list (batch)",
    () => all(runs.list({ batch: one.batchId })),
    (found) => {
      equal(found.length, 2);
      deepEqual(found.map((run) => run.tags).flat(), ["batched"]);
    },
  );
  await call(
    "runs.retrieve (of a batch)",
    async () => runs.retrieve((await batch.retrieve(two.batchId)).runs[0]),
    (run) => holds(run, { batchId: two.batchId, triggerFunction: "batchTrigger" }),
  );
  await call(
    "ApiClient.getBatchResults",
    () => client().getBatchResults(one.batchId),
    (results) => deepEqual(results, { id: one.batchId, items: [] }),
  );
  await call(
    "ApiClient.createBatch",
    () => client().createBatch({ runCount: 1 }),
    (created) => holds(created, { runCount: 1, isCached: false }),
  );
  await call(
    "ApiClient.batchTriggerV3",
    () =>
      client().batchTriggerV3(
        { items: [{ task: "echo", payload: "1", options: { payloadType: "application/json" } }] },
        { processingStrategy: "sequential" },
      ),
    (created) => {
      holds(created, { id: /^batch_/, runCount: 1 });
      match(created.publicAccessToken, /^ey/);
    },
  );
  await refused("batch.retrieve (unknown)", () => client().retrieveBatch("batch_none"), core.NotFoundError, 404, /not found/i);
}

async function followed(batchId, count) {
  const outputs = new Map();
  for await (const run of runs.subscribeToBatch(batchId)) {
    if (run.finishedAt) {
      outputs.set(run.id, run.output);
    }
    if (outputs.size === count) {
      break;
    }
  }
  return [...outputs.values()].sort((a, b) => a.n - b.n);
}

async function filters() {
  await queues.pause({ type: "custom", name: "orders" });
  const trigger = async (task, payload, options) => (await tasks.trigger(task, payload, options)).id;
  const done = await trigger("echo", { n: 1 }, { tags: ["filter", "a"], machine: "micro" });
  const failed = await trigger("fails", {}, { tags: ["filter", "b"], maxAttempts: 1 });
  await runs.poll(done, { pollIntervalMs: 20 });
  await runs.poll(failed, { pollIntervalMs: 20 });
  const delayed = await trigger("echo", { n: 2 }, { tags: ["filter", "a"], delay: "1h" });
  const queued = await trigger("echo", { n: 3 }, { tags: ["filter", "b"], queue: "orders" });
  const unborn = await trigger("unborn", { n: 4 }, { tags: ["filter"] });
  const tested = (
    await call(
      "ApiClient.triggerTask (test)",
      () =>
        client().triggerTask("echo", {
          payload: "1",
          options: { payloadType: "application/json", test: true, tags: ["filter"], delay: "1h" },
        }),
      ({ isCached }) => equal(isCached, false),
    )
  ).id;
  const mine = [done, failed, delayed, queued, unborn, tested];
  const { createdAt, version } = await runs.retrieve(done);
  const last = (await runs.retrieve(tested)).createdAt;
  for (const [name, query, expected] of [
    ["tag", { tag: "filter" }, mine],
    ["tags: any of them", { tag: ["a", "b"] }, [done, failed, delayed, queued]],
    ["status", { status: "COMPLETED" }, [done]],
    ["statuses", { status: ["FAILED", "DELAYED"] }, [failed, delayed, tested]],
    ["queued", { status: "QUEUED" }, [queued]],
    ["pending version", { status: "PENDING_VERSION" }, [unborn]],
    ["task", { taskIdentifier: "fails" }, [failed]],
    ["tasks", { taskIdentifier: ["unborn", "fails"] }, [failed, unborn]],
    ["version", { version }, [done, failed]],
    ["another version", { version: "20200101.1" }, []],
    ["test", { isTest: true }, [tested]],
    ["no test", { isTest: false }, mine.slice(0, -1)],
    ["queue of a task", { queue: { type: "task", name: "fails" } }, [failed]],
    [
      "queues",
      {
        queue: [
          { type: "custom", name: "orders" },
          { type: "task", name: "unborn" },
        ],
      },
      [queued, unborn],
    ],
    ["machine", { machine: "micro" }, [done]],
    ["period", { period: "1h" }, mine],
    ["from", { from: createdAt }, mine],
    ["from and to", { from: createdAt.getTime(), to: last.getTime() }, mine],
    ["to", { to: new Date(createdAt.getTime() - 3_600_000) }, []],
    ["unknown batch", { batch: "batch_none" }, []],
    ["unknown schedule", { schedule: "sched_none" }, []],
    ["several", { status: "COMPLETED", taskIdentifier: "echo", period: "1d", isTest: false, tag: ["a"] }, [done]],
  ]) {
    await call(
      `runs.list (${name})`,
      () => all(runs.list({ tag: "filter", limit: 100, ...query })),
      (found) => {
        const own = found.filter((run) => mine.includes(run.id));
        sameItems(ids(own), expected);
        equal(found.length, own.length, "runs of others");
      },
    );
  }
  await call(
    "runs.list (item)",
    () => runs.list({ status: "QUEUED", queue: { type: "custom", name: "orders" }, tag: "filter" }),
    ({ data: [run] }) =>
      holds(run, {
        id: queued,
        status: "QUEUED",
        taskIdentifier: "echo",
        env: { name: "prod" },
        tags: ["b", "filter"],
        isQueued: true,
        isTest: false,
        durationMs: 0,
        costInCents: 0,
        baseCostInCents: 0,
        taskKind: "STANDARD",
        startedAt: undefined,
        finishedAt: undefined,
      }),
  );
  await queues.resume({ type: "custom", name: "orders" });
  await call(
    "runs.poll (after the pause)",
    () => runs.poll(queued, { pollIntervalMs: 20 }),
    (run) => equal(run.status, "COMPLETED"),
  );
  await refused("runs.list (unknown status)", () => runs.list({ status: "NONE" }), core.BadRequestError, 400, "Query Error");
  await refused("runs.list (too many)", () => runs.list({ limit: 101 }), core.BadRequestError, 400, "Query Error");
}

async function pages() {
  const expected = [];
  for (let n = 0; n < 5; n++) {
    expected.unshift((await tasks.trigger("echo", n, { delay: "1h", tags: ["page"] })).id);
  }
  const first = await call(
    "runs.list (first page)",
    () => runs.list({ tag: "page", limit: 2 }),
    (page) => {
      deepEqual(ids(page.data), expected.slice(0, 2));
      deepEqual([page.hasNextPage(), page.hasPreviousPage()], [true, false]);
    },
  );
  const second = await call(
    "runs.list (next page)",
    () => first.getNextPage(),
    (page) => {
      deepEqual(ids(page.data), expected.slice(2, 4));
      deepEqual([page.hasNextPage(), page.hasPreviousPage()], [true, true]);
    },
  );
  const third = await call(
    "runs.list (last page)",
    () => second.getNextPage(),
    (page) => {
      deepEqual(ids(page.data), expected.slice(4));
      deepEqual([page.hasNextPage(), page.hasPreviousPage()], [false, true]);
    },
  );
  await call(
    "runs.list (after)",
    () => runs.list({ tag: "page", limit: 2, after: second.pagination.next }),
    (page) => deepEqual(ids(page.data), expected.slice(4)),
  );
  await call(
    "runs.list (before)",
    () => runs.list({ tag: "page", limit: 2, before: third.pagination.previous }),
    (page) => deepEqual(ids(page.data).sort(), expected.slice(2, 4).sort()),
  );
  await call(
    "runs.list (all pages)",
    () => all(runs.list({ tag: "page", limit: 2 })),
    (found) => deepEqual(ids(found), expected),
  );
}
