// Drives the emulator with the official client, and prints one line of JSON for each call: its name, and what it
// returned or why it failed. Usage: drive.mjs <directory of node_modules> with TRIGGER_* variables set.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const entry = createRequire(process.argv[2] + "/").resolve("@trigger.dev/sdk");
const { auth, batch, configure, deployments, envvars, idempotencyKeys, prompts, query, queues, runs, schedules, sessions, streams, tasks, wait } =
  await import(pathToFileURL(entry).href.replace("/commonjs/", "/esm/"));

async function call(name, action) {
  try {
    const result = await action();
    console.log(JSON.stringify({ name, ok: true, result: result ?? null }));
    return result;
  } catch (error) {
    console.log(JSON.stringify({ name, ok: false, error: String(error?.stack ?? error) }));
    return undefined;
  }
}

async function all(pages) {
  const items = [];
  for await (const item of pages) {
    items.push(item);
  }
  return items;
}

const project = process.env.PROJECT_REF;
const key = await idempotencyKeys.create("order-1", { scope: "global" });

// runs
const handle = await call("tasks.trigger", () =>
  tasks.trigger("echo", { hello: "world" }, { idempotencyKey: key, tags: ["sdk"], metadata: { step: 1 }, ttl: "1h" }));
await call("tasks.trigger (cached)", () => tasks.trigger("echo", { hello: "world" }, { idempotencyKey: key }));
await call("runs.poll", () => runs.poll(handle.id, { pollIntervalMs: 100 }));
await call("runs.retrieve", () => runs.retrieve(handle.id));
await call("runs.list", () => all(runs.list({ tag: "sdk", limit: 10 })));
await call("runs.replay", () => runs.replay(handle.id));
const later = await call("tasks.trigger (delayed)", () => tasks.trigger("echo", { n: 1 }, { delay: "1h" }));
await call("runs.reschedule", () => runs.reschedule(later.id, { delay: "2h" }));
await call("runs.cancel", () => runs.cancel(later.id));
await call("idempotencyKeys.reset", () => idempotencyKeys.reset("echo", key));

// batches
const triggered = await call("tasks.batchTrigger", () => tasks.batchTrigger("echo", [{ payload: { n: 1 } }, { payload: { n: 2 } }]));
await call("batch.trigger", () => batch.trigger([{ id: "echo", payload: { n: 3 } }]));
await call("batch.retrieve", () => batch.retrieve(triggered.batchId));

// environment variables; its own update fails before any request, outside of a task
await call("envvars.create", () => envvars.create(project, "prod", { name: "A", value: "1" }));
await call("envvars.upload", () => envvars.upload(project, "prod", { variables: { A: "2", B: "3" }, override: true }));
await call("envvars.retrieve", () => envvars.retrieve(project, "prod", "B"));
await call("envvars.list", () => envvars.list(project, "prod"));
await call("envvars.del", () => envvars.del(project, "prod", "A"));

// schedules
const schedule = await call("schedules.create", () =>
  schedules.create({ task: "nightly", cron: "0 3 * * *", timezone: "Europe/Paris", deduplicationKey: "sdk", externalId: "e" }));
await call("schedules.retrieve", () => schedules.retrieve(schedule.id));
await call("schedules.update", () => schedules.update(schedule.id, { task: "nightly", cron: "0 4 * * *", deduplicationKey: "sdk" }));
await call("schedules.deactivate", () => schedules.deactivate(schedule.id));
await call("schedules.activate", () => schedules.activate(schedule.id));
await call("schedules.list", () => all(schedules.list()));
await call("schedules.timezones", () => schedules.timezones());
await call("schedules.del", () => schedules.del(schedule.id));

// queues
await call("queues.list", () => all(queues.list()));
await call("queues.retrieve", () => queues.retrieve({ type: "task", name: "echo" }));
await call("queues.pause", () => queues.pause({ type: "task", name: "echo" }));
await call("queues.resume", () => queues.resume({ type: "task", name: "echo" }));
await call("queues.overrideConcurrencyLimit", () => queues.overrideConcurrencyLimit({ type: "task", name: "echo" }, 3));
await call("queues.resetConcurrencyLimit", () => queues.resetConcurrencyLimit({ type: "task", name: "echo" }));

// wait tokens
const token = await call("wait.createToken", () => wait.createToken({ timeout: "1h", tags: ["sdk"] }));
await call("wait.completeToken", () => wait.completeToken(token, { approved: true }));
await call("wait.retrieveToken", () => wait.retrieveToken(token));
await call("wait.listTokens", () => all(wait.listTokens({ tags: ["sdk"] })));

// the rest
await call("deployments.list", () => all(deployments.list()));
await call("deployments.retrieveCurrent", () => deployments.retrieveCurrent());
await call("query.execute", () => query.execute("SELECT run_id, status FROM runs LIMIT 2"));
await call("query.execute (csv)", () => query.execute("SELECT run_id, status FROM runs LIMIT 2", { format: "csv" }));
await call("prompts.list", () => prompts.list());
await call("sessions.start", () =>
  sessions.start({ type: "chat", externalId: "chat-1", taskIdentifier: "echo", triggerConfig: { basePayload: { a: 1 } } }));
await call("sessions.retrieve", () => sessions.retrieve("chat-1"));
await call("sessions.close", () => sessions.close("chat-1", { reason: "done" }));

// what the server pushes: each of these ends by itself, or when it has seen what it wanted
function within(action) {
  const late = new Promise((resolve, reject) => setTimeout(() => reject(new Error("hangs")), 30_000).unref());
  return Promise.race([action(), late]);
}

async function parts(stream, count) {
  const found = [];
  for await (const part of stream) {
    found.push(part);
    if (found.length === count) {
      break;
    }
  }
  return found;
}

const approval = streams.input({ id: "approval" });
const live = await call("tasks.trigger (live)", () => tasks.trigger("live", { n: 1 }, { tags: ["live"] }));
await call("runs.subscribeToRun", () => within(async () => {
  const seen = [];
  for await (const run of runs.subscribeToRun(live.id)) {
    seen.push({ status: run.status, step: run.metadata?.step, output: run.output });
    if (run.metadata?.step === "waits" && !seen.sent) {
      seen.sent = true;
      await approval.send(live.id, { approved: true });
    }
  }
  return seen;
}));
await call("runs.subscribeToRunsWithTag", () => within(async () => {
  for await (const run of runs.subscribeToRunsWithTag("live")) {
    return { id: run.id, status: run.status, tags: run.tags };
  }
}));
const followed = await tasks.batchTrigger("live", [{ payload: { n: 2 } }, { payload: { n: 3 } }]);
await call("runs.subscribeToBatch", () => within(async () => {
  const done = new Map();
  const sent = new Set();
  for await (const run of runs.subscribeToBatch(followed.batchId)) {
    if (run.metadata?.step === "waits" && !sent.has(run.id)) {
      sent.add(run.id);
      await approval.send(run.id, { approved: false });
    }
    if (run.finishedAt) {
      done.set(run.id, run.output);
    }
    if (done.size === 2) {
      break;
    }
  }
  return [...done.values()];
}));
const streamed = await tasks.trigger("live", { n: 4 });
await call("runs.subscribeToRun (with streams)", () => within(async () => {
  const seen = { run: [], out: [] };
  for await (const part of runs.subscribeToRun(streamed.id).withStreams()) {
    seen[part.type].push(part.type === "run" ? part.run.status : part.chunk);
    if (part.type === "out" && seen.out.length === 3) {
      await approval.send(streamed.id, { approved: true });
    }
    if (part.type === "run" && part.run.finishedAt) {
      break;
    }
  }
  return seen;
}));
await call("streams.read", () => within(async () => parts(await streams.read(streamed.id, "out", { timeoutInSeconds: 1 }))));
await call("runs.fetchStream", () => within(async () => parts(await runs.fetchStream(streamed.id, "out"), 3)));
await sessions.start({ type: "chat", externalId: "chat-2", taskIdentifier: "echo", triggerConfig: { basePayload: { a: 1 } } });
const session = sessions.open("chat-2");
await call("sessions.open().in.send", () => within(() => session.in.send({ text: "hi" })));
await fetch(process.env.TRIGGER_API_URL + "/realtime/v1/sessions/chat-2/out/append", {
  method: "POST", headers: { authorization: "Bearer " + process.env.TRIGGER_SECRET_KEY }, body: JSON.stringify({ text: "hello" }) });
await call("sessions.open().out.read", () => within(async () => parts(await session.out.read({ timeoutInSeconds: 1 }))));

const publicToken = await call("auth.createPublicToken", () => auth.createPublicToken({ scopes: { read: { runs: [handle.id] } } }));
await call("runs.retrieve (public token)", () => auth.withAuth({ accessToken: publicToken }, () => runs.retrieve(handle.id)));
configure({ accessToken: process.env.PERSONAL_ACCESS_TOKEN, baseURL: process.env.TRIGGER_API_URL });
await call("runs.list (personal access token)", () => all(runs.list(project, { env: ["prod"], limit: 5 })));
await call("envvars.list (personal access token)", () => envvars.list(project, "prod"));
