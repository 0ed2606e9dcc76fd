// The calls that record.mjs makes: single values that are easily got wrong, and combinations of options that are drawn
// at random, always the same ones. Left out is what no typed client can write down, and ids with a slash, which the
// official client does not encode.

const date = (iso) => ({ $date: iso });
const key = (key, scope) => ({ $idempotencyKey: { key, scope } });
const PAT = "tr_pat_0123456789abcdef";
const PREVIEW = "tr_preview_GoldenRootKey0123";

const calls = [];
const call = (operation, args, more) => calls.push({ operation, arguments: args, ...more });
const json = (body, status = 200, headers = {}) =>
  ({ status, headers: { "content-type": "application/json", ...headers }, body });

// a linear congruential generator: the calls stay the same until this file changes
let seed = 20250101;
const random = (n) => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) % n;
const pick = (values) => values[random(values.length)];

function draw(pool, most) {
  const names = Object.keys(pool);
  const options = {};
  for (let i = 1 + random(most); i > 0; i--) {
    const name = pick(names);
    options[name] = pick(pool[name]);
  }
  return options;
}

// payloads and options of runs
const PAYLOADS = [0, -1.5, 1e21, 0.1, true, false, null, "", "text", "  blanks ", "line\nbreak", "123", "{\"json\":true}",
  "ß ✓ 😀", [], {}, [null, [1]], { "ünï": "✓ 😀" }, { "a.b": { "$c": 1 } }, { n: 1e-7 }, { deep: [{ a: [{ b: null }] }] }];
const KEYS = ["raw", " ", "é".repeat(10), "k".repeat(64), "a-b", ["a"], ["x", "y", "z"], key("global", "global"),
  key(["g", "h"], "run"), key("of an attempt", "attempt")];
const RUN = {
  delay: ["30s", "1w", "2d", "90m", date("2031-02-28T23:59:59.999Z"), date("2030-01-01T00:00:00.000Z")],
  ttl: ["90m", "1h", "10s", 600, 1],
  tags: ["single", ["a"], ["ünï", "a b"], ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]],
  queue: ["q", "task/my-task", "ünï"],
  concurrencyKey: ["tenant", "k/1", "ü"],
  concurrency: ["per-tenant", ["a"], ["a", "b"]],
  maxAttempts: [1, 3, 10],
  maxDuration: [5, 60, 86400],
  machine: ["micro", "small-1x", "small-2x", "medium-1x", "large-1x", "large-2x"],
  priority: [0, 1, 10, 1.5],
  region: ["us-east-1", "eu-central-1"],
  version: ["20250101.1"],
  metadata: [{}, { a: [1, { b: null }], "k k": "v" }, { d: 1.5, t: true }],
};
const SINGLE = {
  ...RUN,
  debounce: [{ key: "k", delay: "5s" }, { key: "k", delay: "1m", mode: "trailing" },
    { key: "ü", delay: "1h", mode: "leading", maxDelay: "1d" }],
};
const keyed = (pool) => ({ ...pool, idempotencyKey: KEYS, idempotencyKeyTTL: ["60s", "5m", "24h", "30d"] });
// keys have no meaning together with debounce, and a lifetime none without a key
const sensible = (options) => {
  if (options.debounce) { delete options.idempotencyKey; }
  if (!options.idempotencyKey) { delete options.idempotencyKeyTTL; }
  return options;
};

for (const payload of PAYLOADS) { call("tasks.trigger", ["my-task", payload]); }
for (const id of ["ünï", "with space", "a.b:c@d", "UPPER_case-1", "a?b#c", "100%"]) { call("tasks.trigger", [id, { a: 1 }]); }
for (const [name, values] of Object.entries(keyed(SINGLE))) {
  for (const value of values) {
    call("tasks.trigger", ["my-task", { a: 1 }, sensible({ idempotencyKey: "k", [name]: value })]);
  }
}
for (let i = 0; i < 80; i++) { call("tasks.trigger", ["my-task", pick(PAYLOADS), sensible(draw(keyed(SINGLE), 8))]); }
call("tasks.trigger", ["t", { a: 1 }, { tags: ["x"] }], { credential: PREVIEW, previewBranch: "feat/ünï" });
call("tasks.trigger", ["t", { a: 1 }], { credential: PREVIEW, previewBranch: "a b" });
call("tasks.trigger", ["t", 1], { credential: "tr_dev_GoldenRootKey012345", previewBranch: "dev-1" });
call("tasks.trigger", ["t", 1], { credential: "tr_stg_GoldenRootKey012345" });

// batches
const batch = (runCount) => [json({ id: "batch_9", runCount, isCached: false }, 202, { "x-trigger-jwt": "j" }),
  json({ id: "batch_9", itemsAccepted: runCount, itemsDeduplicated: 0, sealed: true })];
const item = () => {
  const options = sensible(draw(keyed(SINGLE), 4));
  return random(3) ? { payload: pick(PAYLOADS), options } : { payload: pick(PAYLOADS) };
};
for (let i = 0; i < 40; i++) {
  const items = Array.from({ length: 1 + random(5) }, item);
  const options = random(2) ? [] : [sensible({ idempotencyKey: pick(KEYS), idempotencyKeyTTL: pick(["1h", "3d"]) })];
  call("tasks.batchTrigger", ["my-task", items, ...options], { responses: batch(items.length) });
  call("batch.trigger", [items.map((one, n) => ({ id: `task-${n}`, ...one }))], { responses: batch(items.length) });
}

// runs
const FILTERS = {
  limit: [1, 25, 100],
  after: ["run_a"],
  status: ["QUEUED", ["EXECUTING", "WAITING", "DEQUEUED"],
    ["COMPLETED", "FAILED", "CANCELED", "CRASHED", "SYSTEM_FAILURE", "EXPIRED", "TIMED_OUT", "DELAYED", "PENDING_VERSION"]],
  tag: ["a b", ["ünï", "x"]],
  taskIdentifier: ["a/b", ["a", "b"]],
  version: ["v", ["1", "2"]],
  from: [date("2025-05-05T05:05:05.005Z"), 1],
  to: [date("2026-05-05T05:05:05.005Z"), 1900000000000],
  period: ["2w", "1d", "30m"],
  batch: ["batch_1"],
  schedule: ["sched_1"],
  bulkAction: ["bulk_9"],
  isTest: [true, false],
  queue: [{ type: "task", name: "t" }, [{ type: "custom", name: "a/ü" }, { type: "task", name: "b" }]],
  machine: ["micro", ["small-1x", "large-1x"]],
  region: ["eu", ["a", "b"]],
};
for (const [name, values] of Object.entries({ ...FILTERS, before: ["run_b"] })) {
  for (const value of values) { call("runs.list", [{ [name]: value }]); }
}
for (let i = 0; i < 40; i++) { call("runs.list", [draw(FILTERS, 8)]); }
for (let i = 0; i < 15; i++) {
  call("projects.runs.list", ["proj_abc", { ...draw(FILTERS, 6), env: pick(["dev", "prod", ["staging"], "preview"]) }],
    { credential: PAT });
}
for (const id of ["run_1", "run_ü"]) {
  for (const operation of ["runs.retrieve", "runs.cancel", "runs.replay", "runs.result", "runs.trace", "runs.events",
    "runs.retrieveMetadata"]) {
    call(operation, [id]);
  }
}
const REPLAY = { ...keyed(RUN), tags: RUN.tags.slice(1) };
delete REPLAY.concurrency;
for (let i = 0; i < 40; i++) {
  // the server stores keys of replays as they are
  const options = { ...draw(REPLAY, 6) };
  if (typeof options.idempotencyKey !== "string" || !options.idempotencyKey.trim()) { delete options.idempotencyKey; }
  call("runs.replay", ["run_1", sensible(options)]);
}
for (const delay of ["5m", "1h30m", "2d", date("2033-03-03T03:03:03.300Z")]) { call("runs.reschedule", ["run_1", { delay }]); }
for (const tags of ["one", ["a"], ["a", "b", "ü"]]) { call("runs.addTags", ["run_1", { tags }]); }
call("runs.span", ["run_1", "sp an"]);
call("runs.tracePage", ["run_1", { limit: 5, after: "c/ü" }]);
call("runs.packetUrl", ["run_1", "output", "packets/ü/o.json"]);
for (const update of [{ metadata: {} }, { metadata: { a: null, b: [1] } }, { operations: [{ type: "set", key: "a", value: 1 }] },
  { operations: [{ type: "delete", key: "a" }, { type: "append", key: "l", value: { x: 1 } }, { type: "remove", key: "l", value: 1 },
    { type: "increment", key: "n", value: -2.5 }] },
  { parentOperations: [{ type: "set", key: "p", value: "ü" }] },
  { rootOperations: [{ type: "increment", key: "r", value: 1 }], operations: [{ type: "set", key: "s", value: null }] }]) {
  call("runs.updateMetadata", ["run_1", update]);
}
const BULK = { ...FILTERS };
delete BULK.limit;
delete BULK.after;
for (let i = 0; i < 15; i++) { call(`runs.bulk.${pick(["cancel", "replay"])}`, [{ filter: draw(BULK, 5) }]); }
call("runs.bulk.cancel", [{ name: "n", runIds: ["run_1", "run_2"] }]);
call("runs.bulk.replay", [{ runIds: ["run_1"], targetRegion: "eu" }]);
call("runs.bulk.retrieve", ["bulk_1"]);
call("idempotencyKeys.reset", ["t", "raw", { scope: "global" }]);
call("idempotencyKeys.reset", ["t/1", ["a", "b"], { scope: "global" }]);
call("idempotencyKeys.reset", ["t", key("w", "global")]);
call("batch.retrieve", ["batch_a b"]);
call("batch.results", ["batch_1"]);
call("packets.uploadUrl", ["trigger/a b.json"]);
call("packets.downloadUrl", ["a/b/c.json"]);

// schedules
for (const more of [{}, { timezone: "Asia/Tokyo" }, { externalId: "e/1" }, { window: "5m" }, { deduplicationKey: "ü" },
  { timezone: "UTC", externalId: "ü", window: "1h" }]) {
  call("schedules.create", [{ task: "t", cron: "*/5 9-17 1,15 * 1-5", deduplicationKey: "d", ...more }]);
  call("schedules.update", ["sched_1", { task: "t", cron: "0 0 1 1 *", ...more, deduplicationKey: undefined }]);
}
for (const page of [{}, { page: 1 }, { perPage: 5 }, { page: 3, perPage: 100 }]) {
  call("schedules.list", [page]);
  call("queues.list", [page]);
  call("concurrencyLimits.list", [page]);
}
for (const operation of ["retrieve", "del", "activate", "deactivate"]) { call(`schedules.${operation}`, ["sched_ü"]); }
call("schedules.timezones", [{ excludeUtc: true }]);
call("schedules.timezones", []);

// environment variables
for (const env of ["dev", "prod", "staging", "preview"]) {
  const client = (env === "preview") ? { credential: PAT, previewBranch: "b/1" } : { credential: PAT };
  call("envvars.list", ["proj_1", env], client);
  call("envvars.create", ["proj_1", env, { name: `N_${env}`, value: "v ü\n" }], client);
  call("envvars.del", ["proj_1", env, "A-B.c"], client);
  call("envvars.retrieve", ["proj_1", env, "A"], client);
  call("envvars.upload", ["proj_1", env, { variables: { A: "1", B: "" }, override: pick([true, false]) }], client);
}
call("envvars.upload", ["proj_1", "prod", { variables: { A: "1" }, parentVariables: { P: "2" }, isSecret: true }], { credential: PAT });

// queues and limits
for (const queue of ["queue_1", { type: "task", name: "ü t" }, { type: "custom", name: "q.1" }]) {
  call("queues.retrieve", [queue], { responses: [json({ id: "queue_1", name: "q", type: "custom", running: 0, queued: 0,
    paused: false, concurrencyLimit: null, concurrency: { current: null, base: null, override: null, overriddenAt: null, overriddenBy: null } })] });
  call("queues.pause", [queue]);
  call("queues.resume", [queue]);
  call("queues.overrideConcurrencyLimit", [queue, 7]);
  call("queues.resetConcurrencyLimit", [queue]);
}
for (const bounds of [{ perKey: 1 }, { total: 3 }, { perKey: 0, total: 0 }]) { call("concurrencyLimits.override", ["n ü", bounds]); }
for (const operation of ["pause", "reset"]) { call(`concurrencyLimits.${operation}`, ["a b"]); }

// waitpoint tokens
for (const options of [{}, { timeout: "1d" }, { timeout: date("2031-01-01T00:00:00.000Z") }, { tags: "one" }, { tags: ["a", "b"] },
  { idempotencyKey: "k" }, { idempotencyKey: "k", idempotencyKeyTTL: "2h" }, { timeout: "2h", tags: ["ü"], idempotencyKey: "ü" }]) {
  call("wait.createToken", [options]);
}
for (const output of [null, 1, "text", true, [], { a: { b: [1] } }, "{\"a\":1}", ""]) {
  call("wait.completeToken", ["waitpoint_1", output], { responses: [json({ success: true })] });
}
call("wait.completeToken", ["waitpoint_1"], { responses: [json({ success: true })] });
for (const query of [{}, { limit: 2 }, { status: "TIMED_OUT" }, { status: ["WAITING", "COMPLETED"] }, { tags: "a" }, { tags: ["a", "b"] },
  { idempotencyKey: "x" }, { period: "5d" }, { from: date("2025-01-01T00:00:00.000Z") }, { to: 5 }, { after: "w" }, { before: "w" }]) {
  call("wait.listTokens", [query]);
}

// everything else
for (const options of [{}, { format: "json" }, { scope: "environment" }, { scope: "organization", period: "30d" },
  { from: date("2025-01-01T00:00:00.000Z") }, { from: 1, to: 2 }]) {
  call("query.execute", ["SELECT status, count() FROM runs WHERE x = 'ü' GROUP BY status", options]);
}
call("query.report", ["health", { period: "1d" }]);
call("query.schema", []);
call("query.dashboards.list", []);
const widget = { title: "T ü", query: "SELECT 1", display: { type: "table" } };
call("query.dashboards.create", [{ title: "t" }]);
call("query.dashboards.create", [{ title: "t", description: "", widgets: [widget, { ...widget, position: { x: 1, y: 2, w: 3, h: 4 } }] }]);
call("query.dashboards.update", ["d", { description: "y", revision: "r" }]);
call("query.dashboards.widgets.add", ["d", widget]);
call("query.dashboards.widgets.update", ["d", "w", { query: "SELECT 2" }]);
call("query.dashboards.widgets.del", ["d", "w"]);
for (const args of [["greeting", {}], ["ü", { x: "1" }], ["greeting", { n: 1 }, { version: 2 }], ["greeting", {}, { label: "latest" }]]) {
  call("prompts.resolve", args);
}
call("prompts.list", []);
call("prompts.versions", ["x"]);
call("prompts.promote", ["x", 12]);
for (const content of [{ textContent: "T" }, { textContent: "T ü", model: "m", commitMessage: "c" }]) {
  call("prompts.createOverride", ["x", content]);
  call("prompts.updateOverride", ["x", content]);
}
call("prompts.removeOverride", ["x y"]);
for (const query of [{}, { status: "FAILED" }, { period: "1d" }, { cursor: "c", limit: 1 }, { from: "2025-01-01T00:00:00Z" }]) {
  call("deployments.list", [query]);
}
call("deployments.retrieveCurrent", []);
for (const options of [{ multipleUse: false }, { expirationTime: "2h" }, { expirationTime: date("2031-01-01T00:00:00.000Z"), multipleUse: true }]) {
  call("auth.createTriggerPublicToken", ["t", options]);
  call("auth.createBatchTriggerPublicToken", [["a", "b"], options]);
}
for (const session of [{ externalId: "e" }, { tags: ["a"], metadata: { m: 1 } }, { externalId: "ü", expiresAt: date("2031-01-01T00:00:00.000Z") }]) {
  call("sessions.start", [{ type: "chat.agent", taskIdentifier: "t", triggerConfig: { basePayload: { a: 1 }, tags: ["z"], queue: "q",
    maxAttempts: 2, machine: "micro" }, ...session }]);
}
call("sessions.retrieve", ["s ü"]);
call("sessions.close", ["s"]);
call("sessions.close", ["s", { reason: "r ü" }]);
call("sessions.update", ["s", { tags: ["x"], metadata: { a: 1 } }]);
for (const query of [{}, { type: "chat.agent" }, { tag: ["a", "b"], status: "ACTIVE", limit: 3 }, { externalId: "e" }, { after: "x", period: "1d" },
  { taskIdentifier: ["t"] }, { from: date("2025-01-01T00:00:00.000Z") }]) {
  call("sessions.list", [query]);
}
call("sessions.records", ["s", "in", { afterEventId: "0" }]);
call("sessions.transcript", ["s", { before: "b" }]);
call("streams.append", ["run_1", "parent", "k", "ü\n"]);
call("webhooks.endpoints.rotateSecret", ["w", { previousSecretTtlSeconds: 0 }]);
call("webhooks.endpoints.setSecret", ["w ü", { secret: "s ü" }]);
call("webhooks.deliveries.replay", ["d", { targetId: "t" }]);
for (const query of [{}, { limit: 3 }, { status: "FAILED" }]) {
  call("webhooks.deliveries.list", [query], { responses: [json({ data: [], pagination: {} })] });
}

// what the client makes of failures
for (const [status, body] of [[400, { error: "Bad" }], [400, { error: { message: "Inner", code: "c1", type: "t1", param: "p" } }],
  [422, { error: "E", code: "C" }], [422, { error: ["a", "b"] }], [400, [1, 2]], [404, {}], [404, { error: null }], [404, { error: {} }],
  [409, { error: "conflict" }], [402, { error: "pay", details: [1] }], [418, { ok: false, error: "tea" }], [400, { errors: [{ m: 1 }] }],
  [401, { error: "Invalid API Key" }], [413, { error: "too large" }], [400, { error: { message: 5 } }], [400, { error: { code: "x" } }],
  [400, { message: "a", error: "b" }], [400, { error: "" }], [400, 12]]) {
  call("schedules.retrieve", ["sched_1"], { responses: [json(body, status)] });
}
const RETRY = { minTimeoutInMs: 20, maxTimeoutInMs: 100, factor: 2, randomize: false };
for (const statuses of [[500, 500], [502, 503, 504], [409, 409, 409], [429, 429], [521], [599], [505], [501], [400], [410], [451], [423], [424],
  [429, 500, 409, 408, 400]]) {
  for (const [operation, args] of [["runs.cancel", ["run_1"]], ["schedules.retrieve", ["sched_1"]], ["tasks.trigger", ["t", { a: 1 }]]]) {
    call(operation, args, { retry: { ...RETRY, maxAttempts: statuses.length },
      responses: statuses.map((status) => json({ error: `status ${status}` }, status)) });
  }
}
for (const headers of [{ "x-should-retry": "true" }, { "x-should-retry": "false" }, { "x-should-retry": "1" },
  { "x-ratelimit-reset": "$epochMillis(now+200)" }, { "x-ratelimit-reset": "-5" }, { "x-ratelimit-reset": "" },
  { "x-ratelimit-limit": "a", "x-ratelimit-reset": "1.5" }]) {
  for (const status of [429, 500, 422, 404]) {
    call("queues.list", [{ page: 2 }], { retry: { ...RETRY, maxAttempts: 3 },
      responses: Array(3).fill(json({ error: `status ${status}` }, status, headers)) });
  }
}

export default calls;
