// What decides when runs execute: schedules, queues and concurrency limits.
import { all, call, core, deepEqual, equal, holds, ids, ok, refused, sdk } from "./client.mjs";

const { concurrencyLimits, queues, runs, schedules, tasks } = sdk;
const { BadRequestError, NotFoundError, UnprocessableEntityError } = core;

export default async function () {
  await scheduled();
  await queued();
  await limited();
}

async function scheduled() {
  const schedule = await call(
    "schedules.create",
    () =>
      schedules.create({
        task: "nightly",
        cron: "0 3 * * *",
        timezone: "Europe/Paris",
        deduplicationKey: "sdk",
        externalId: "e",
      }),
    (schedule) => {
      holds(schedule, {
        id: /^sched_\w+$/,
        type: "IMPERATIVE",
        task: "nightly",
        active: true,
        deduplicationKey: "sdk",
        externalId: "e",
        timezone: "Europe/Paris",
        generator: { type: "CRON", expression: "0 3 * * *", description: "At 03:00 AM" },
        environments: [{ type: "PRODUCTION" }],
      });
      ok(schedule.nextRun > new Date());
    },
  );
  await call(
    "schedules.create (same key)",
    () => schedules.create({ task: "nightly", cron: "0 5 * * *", deduplicationKey: "sdk" }),
    (again) => holds(again, { id: schedule.id, generator: { expression: "0 5 * * *" }, timezone: "UTC" }),
  );
  await call(
    "schedules.retrieve",
    () => schedules.retrieve(schedule.id),
    (found) => holds(found, { id: schedule.id, task: "nightly" }),
  );
  await call(
    "schedules.update",
    () => schedules.update(schedule.id, { task: "nightly", cron: "0 4 * * 1", timezone: "Asia/Tokyo" }),
    (updated) =>
      holds(updated, {
        id: schedule.id,
        timezone: "Asia/Tokyo",
        generator: { expression: "0 4 * * 1", description: "At 04:00 AM, only on Monday" },
      }),
  );
  await call(
    "schedules.deactivate",
    () => schedules.deactivate(schedule.id),
    ({ active }) => equal(active, false),
  );
  await call(
    "schedules.activate",
    () => schedules.activate(schedule.id),
    ({ active }) => equal(active, true),
  );
  const other = await schedules.create({ task: "nightly", cron: "0 0 1 1 *", deduplicationKey: "sdk-2" });
  await fetch(`${process.env.TRIGGER_API_URL}/emulator/schedules/${schedule.id}/fire`, { method: "POST" });
  await call(
    "runs.list (schedule)",
    () => all(runs.list({ schedule: schedule.id })),
    async ([run, ...others]) => {
      deepEqual([run.taskIdentifier, others], ["nightly", []]);
      holds((await runs.retrieve(run.id)).schedule, {
        id: schedule.id,
        externalId: undefined,
        generator: { expression: "0 4 * * 1" },
      });
    },
  );
  await call(
    "schedules.list",
    () => all(schedules.list({ perPage: 1 })),
    (found) => deepEqual(ids(found).sort(), [schedule.id, other.id].sort()),
  );
  await call(
    "schedules.list (page)",
    () => schedules.list({ page: 2, perPage: 1 }),
    async (page) => {
      deepEqual(page.pagination, { currentPage: 2, totalPages: 2, count: 2 });
      equal((await page.getPreviousPage()).pagination.currentPage, 1);
    },
  );
  await call(
    "schedules.timezones",
    () => schedules.timezones(),
    ({ timezones }) => ok(timezones.includes("UTC") && timezones.includes("Asia/Tokyo")),
  );
  await call(
    "schedules.timezones (without UTC)",
    () => schedules.timezones({ excludeUtc: true }),
    ({ timezones }) => ok(!timezones.includes("UTC")),
  );
  await call(
    "schedules.del",
    () => schedules.del(schedule.id),
    ({ id }) => equal(id, schedule.id),
  );
  await refused("schedules.retrieve (deleted)", () => schedules.retrieve(schedule.id), NotFoundError, 404, "Schedule not found");
  await refused("schedules.del (twice)", () => schedules.del(schedule.id), NotFoundError, 404, /not found/i);
  await refused(
    "schedules.create (no cron)",
    () => schedules.create({ task: "nightly", cron: "every day", deduplicationKey: "x" }),
    UnprocessableEntityError,
    422,
    /cron/i,
  );
  await refused(
    "schedules.create (time zone)",
    () => schedules.create({ task: "nightly", cron: "0 0 * * *", timezone: "Mars/Base", deduplicationKey: "x" }),
    UnprocessableEntityError,
    422,
    /timezone/i,
  );
}

async function queued() {
  const custom = { type: "custom", name: "orders" };
  const ofTask = { type: "task", name: "echo" };
  await call(
    "queues.list",
    () => all(queues.list({ perPage: 2 })),
    (found) => {
      ok(found.some((queue) => queue.name === "orders" && queue.type === "custom"));
      ok(found.some((queue) => queue.name === "echo" && queue.type === "task"));
    },
  );
  await call(
    "queues.list (page)",
    () => queues.list({ page: 2, perPage: 1 }),
    (page) => {
      equal(page.data.length, 1);
      deepEqual([page.pagination.currentPage, page.pagination.totalPages], [2, page.pagination.count]);
    },
  );
  const queue = await call(
    "queues.retrieve",
    () => queues.retrieve(custom),
    (queue) =>
      holds(queue, {
        id: /^queue_\w+$/,
        name: "orders",
        type: "custom",
        running: 0,
        queued: 0,
        paused: false,
        concurrencyLimit: 4,
        concurrency: { current: 4, base: null, override: null, overriddenAt: null, overriddenBy: null },
      }),
  );
  await call(
    "queues.retrieve (task)",
    () => queues.retrieve(ofTask),
    (found) => holds(found, { name: "echo", type: "task", concurrencyLimit: null }),
  );
  await call(
    "queues.retrieve (id)",
    () => queues.retrieve(queue.id),
    (found) => equal(found.name, "orders"),
  );
  await call(
    "queues.pause",
    () => queues.pause(custom),
    ({ paused }) => equal(paused, true),
  );
  await call(
    "tasks.trigger (paused queue)",
    () => tasks.trigger("echo", 1, { queue: "orders" }),
    async (handle) => {
      holds(await runs.retrieve(handle.id), { status: "QUEUED" });
      equal((await queues.retrieve(custom)).queued, 1);
      await runs.cancel(handle.id);
    },
  );
  await call(
    "queues.resume",
    () => queues.resume(custom),
    ({ paused }) => equal(paused, false),
  );
  await call(
    "queues.overrideConcurrencyLimit",
    () => queues.overrideConcurrencyLimit(custom, 2),
    ({ concurrencyLimit, concurrency }) => {
      holds(
        { concurrencyLimit, concurrency },
        { concurrencyLimit: 2, concurrency: { current: 2, base: 4, override: 2, overriddenBy: null } },
      );
      ok(concurrency.overriddenAt instanceof Date);
    },
  );
  await call(
    "queues.resetConcurrencyLimit",
    () => queues.resetConcurrencyLimit(custom),
    (found) => holds(found, { concurrencyLimit: 4, concurrency: { current: 4, override: null, overriddenAt: null } }),
  );
  await refused(
    "queues.resetConcurrencyLimit (twice)",
    () => queues.resetConcurrencyLimit(custom),
    BadRequestError,
    400,
    "Queue is not overridden",
  );
  await refused("queues.retrieve (unknown)", () => queues.retrieve("queue_none"), NotFoundError, 404, "queue-not-found");
  await refused(
    "queues.pause (unknown)",
    () => queues.pause({ type: "custom", name: "none" }),
    NotFoundError,
    404,
    "queue-not-found",
  );
}

async function limited() {
  await call(
    "concurrencyLimits.list",
    () => all(concurrencyLimits.list({ perPage: 1 })),
    (found) =>
      holds(found, [
        {
          id: /^climit_\w+$/,
          name: "per-tenant",
          perKey: { current: 5, base: 5, override: null },
          total: { current: null, override: null },
          running: 0,
          queued: 0,
          paused: false,
        },
      ]),
  );
  await call(
    "concurrencyLimits.retrieve",
    () => concurrencyLimits.retrieve("per-tenant"),
    ({ name }) => equal(name, "per-tenant"),
  );
  await call(
    "concurrencyLimits.override",
    () => concurrencyLimits.override("per-tenant", { perKey: 2, total: 9 }),
    (limit) => {
      holds(limit, { perKey: { current: 2, base: 5, override: 2 }, total: { current: 9, override: 9 } });
      ok(limit.perKey.overriddenAt instanceof Date);
    },
  );
  await call(
    "concurrencyLimits.override (key)",
    () => concurrencyLimits.override("per-tenant", { concurrencyKey: "t-1", perKey: 1, ttl: "1h" }),
    (limit) => {
      holds(limit, { name: "per-tenant", concurrencyKey: "t-1", perKey: { current: 1, override: 1 }, running: 0, paused: false });
      ok(limit.perKey.expiresAt > new Date());
    },
  );
  await call(
    "concurrencyLimits.retrieve (key)",
    () => concurrencyLimits.retrieve("per-tenant", { concurrencyKey: "t-1" }),
    ({ perKey }) => equal(perKey.current, 1),
  );
  await call(
    "concurrencyLimits.retrieve (another key)",
    () => concurrencyLimits.retrieve("per-tenant", { concurrencyKey: "t-2" }),
    ({ perKey }) => holds(perKey, { current: 2, override: null }),
  );
  await call(
    "concurrencyLimits.reset (key)",
    () => concurrencyLimits.reset("per-tenant", { concurrencyKey: "t-1" }),
    ({ perKey }) => holds(perKey, { current: 2, override: null }),
  );
  await call(
    "concurrencyLimits.reset",
    () => concurrencyLimits.reset("per-tenant"),
    (limit) => holds(limit, { perKey: { current: 5, override: null }, total: { current: null, override: null } }),
  );
  await call(
    "concurrencyLimits.pause",
    () => concurrencyLimits.pause("per-tenant"),
    ({ paused }) => equal(paused, true),
  );
  await call(
    "concurrencyLimits.resume",
    () => concurrencyLimits.resume("per-tenant"),
    ({ paused }) => equal(paused, false),
  );
  await refused(
    "concurrencyLimits.retrieve (unknown)",
    () => concurrencyLimits.retrieve("none"),
    NotFoundError,
    404,
    /not found/i,
  );
}
