// What is known of runs beside their state, and actions on many of them.
import { all, call, client, core, deepEqual, equal, holds, ids, match, ok, refused, sdk } from "./client.mjs";

const { runs, tasks } = sdk;
const { NotFoundError } = core;

export default async function () {
  await details();
  await bulk();
}

async function details() {
  const parent = await tasks.trigger("parent", { n: 1 });
  await runs.poll(parent, { pollIntervalMs: 20 });
  await call(
    "runs.retrieve (related)",
    () => runs.retrieve(parent.id),
    async (run) => {
      holds(run.relatedRuns.children, [{ taskIdentifier: "echo", depth: 1 }]);
      const child = await runs.retrieve(run.relatedRuns.children[0].id);
      deepEqual([child.relatedRuns.parent.id, child.relatedRuns.root.id, child.depth], [parent.id, parent.id, 1]);
    },
  );
  const trace = await call(
    "ApiClient.retrieveRunTrace",
    () => client().retrieveRunTrace(parent.id),
    ({ trace }) => {
      match(trace.traceId, /^[0-9a-f]{32}$/);
      holds(trace.rootSpan, { runId: parent.id, data: { message: "parent", isError: false, isPartial: false } });
    },
  );
  await call(
    "ApiClient.retrieveRunTracePage",
    () => client().retrieveRunTracePage(parent.id, { limit: 1000 }),
    ({ data, pagination }) => {
      deepEqual(
        data.filter(({ parentId }) => !parentId).map(({ id, message }) => [id, message]),
        [[trace.trace.rootSpan.id, "parent"]],
      );
      deepEqual(pagination, { truncated: false });
    },
  );
  await call(
    "ApiClient.retrieveSpan",
    () => client().retrieveSpan(parent.id, trace.trace.rootSpan.id),
    (span) => holds(span, { spanId: trace.trace.rootSpan.id, runId: parent.id, isError: false, isPartial: false }),
  );
  await call(
    "ApiClient.listRunEvents",
    () => client().listRunEvents(parent.id),
    ({ events }) => ok(events.some((event) => event.runId === parent.id && event.message === "parent")),
  );
  await call(
    "ApiClient.getRunResult",
    () => client().getRunResult(parent.id),
    (result) => equal(result, undefined),
  );
  await call(
    "ApiClient.createUploadPayloadUrl",
    () => client().createUploadPayloadUrl("sdk/a b.json"),
    async ({ presignedUrl }) => equal((await fetch(presignedUrl, { method: "PUT", body: "[1]" })).status, 200),
  );
  await call(
    "ApiClient.getPayloadUrl",
    () => client().getPayloadUrl("sdk/a b.json"),
    async ({ presignedUrl }) => equal(await (await fetch(presignedUrl)).text(), "[1]"),
  );
  const large = await tasks.trigger("echo", { text: "y".repeat(200_000) });
  await runs.poll(large, { pollIntervalMs: 20 });
  await call(
    "ApiClient.getRunPacketUrl",
    () => client().getRunPacketUrl(large.id, "output", "none"),
    async ({ presignedUrl }) =>
      equal((await (await fetch(presignedUrl)).text()).length, JSON.stringify({ text: "y".repeat(200_000) }).length),
  );
  await refused(
    "ApiClient.retrieveSpan (unknown)",
    () => client().retrieveSpan(parent.id, "0".repeat(16)),
    NotFoundError,
    404,
    /not found/i,
  );
}

async function bulk() {
  const waiting = [];
  for (let n = 0; n < 3; n++) {
    waiting.push((await tasks.trigger("echo", { n }, { delay: "1h", tags: ["bulk"] })).id);
  }
  const cancelled = await call(
    "runs.bulk.cancel",
    () => runs.bulk.cancel({ name: "two", runIds: waiting.slice(0, 2) }),
    ({ id }) => match(id, /^bulk_\w+$/),
  );
  await call(
    "runs.bulk.poll",
    () => runs.bulk.poll(cancelled.id, { pollIntervalMs: 20 }),
    (action) => {
      holds(action, {
        id: cancelled.id,
        name: "two",
        type: "CANCEL",
        status: "COMPLETED",
        counts: { total: 2, success: 2, failure: 0 },
      });
      ok(action.createdAt <= action.completedAt);
    },
  );
  await call(
    "runs.bulk.replay",
    () => runs.bulk.replay({ filter: { tag: "bulk", status: "CANCELED" } }),
    async ({ id }) =>
      holds(await runs.bulk.poll(id, { pollIntervalMs: 20 }), {
        type: "REPLAY",
        name: undefined,
        counts: { total: 2, success: 2, failure: 0 },
      }),
  );
  await call(
    "runs.bulk.retrieve",
    () => runs.bulk.retrieve(cancelled.id),
    ({ status }) => equal(status, "COMPLETED"),
  );
  await refused(
    "runs.bulk.abort",
    () => runs.bulk.abort(cancelled.id, { retry: { maxAttempts: 1 } }),
    core.ConflictError,
    409,
    `Bulk action group already completed: ${cancelled.id}`,
  );
  await call(
    "runs.bulk.list",
    () => all(runs.bulk.list({ limit: 1 })),
    (actions) => {
      equal(actions.length, 2);
      equal(actions[1].id, cancelled.id);
    },
  );
  await call(
    "runs.list (bulk action)",
    () => all(runs.list({ bulkAction: cancelled.id })),
    (found) => deepEqual(ids(found).sort(), waiting.slice(0, 2).sort()),
  );
  await refused("runs.bulk.retrieve (unknown)", () => runs.bulk.retrieve("bulk_none"), NotFoundError, 404, /not found/i);
}
