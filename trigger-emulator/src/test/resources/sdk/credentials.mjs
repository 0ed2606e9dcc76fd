// Who calls: secret keys, public tokens of each scope, personal access tokens and branches; and who may not.
import { all, call, client, core, deepEqual, equal, holds, match, ok, project, refused, sdk } from "./client.mjs";

const { auth, batch, configure, deployments, envvars, prompts, query, queues, runs, schedules, sessions, tasks, wait } = sdk;
const { ApiClient, AuthenticationError, InternalServerError, PermissionDeniedError, RateLimitError } = core;
const once = { retry: { maxAttempts: 1 } };
const claims = (token) => JSON.parse(atob(token.split(".")[1]));

export default async function () {
  await publicTokens();
  await keys();
  await failures();
  await personalAccessToken();
}

async function publicTokens() {
  const run = await tasks.trigger("live", {}, { tags: ["public"] });
  const other = await tasks.trigger("echo", {});
  const as = (accessToken, action) => auth.withAuth({ accessToken }, action);
  const token = await call(
    "auth.createPublicToken",
    () => auth.createPublicToken({ scopes: { read: { runs: [run.id], tags: "t", batch: true } }, expirationTime: "2h" }),
    (token) => {
      const { scopes, iat, exp, pub, iss, aud } = claims(token);
      deepEqual(
        [scopes, exp - iat, pub, iss, aud],
        [[`read:runs:${run.id}`, "read:tags:t", "read:batch"], 7200, true, "https://id.trigger.dev", "https://api.trigger.dev"],
      );
    },
  );
  await call(
    "runs.retrieve (public token)",
    () => as(token, () => runs.retrieve(run.id)),
    ({ id }) => equal(id, run.id),
  );
  await refused(
    "runs.retrieve (another run)",
    () => as(token, () => runs.retrieve(other.id)),
    PermissionDeniedError,
    403,
    /Unauthorized/,
  );
  await refused(
    "runs.cancel (read only)",
    () => as(token, () => runs.cancel(run.id)),
    PermissionDeniedError,
    403,
    /Unauthorized/,
  );
  await refused("schedules.list (public token)", () => as(token, () => schedules.list()), AuthenticationError, 401, /./);
  await refused(
    "runs.retrieve (expired)",
    async () => {
      const expired = await auth.createPublicToken({
        scopes: { read: { runs: true } },
        expirationTime: new Date(Date.now() - 60_000),
      });
      return as(expired, () => runs.retrieve(run.id));
    },
    AuthenticationError,
    401,
    /./,
  );
  await call(
    "auth.withPublicToken",
    async () => {
      let found;
      await auth.withPublicToken(
        { scopes: { read: { runs: true } } },
        async () => (found = await all(runs.list({ tag: "public" }))),
      );
      return found;
    },
    (found) => holds(found, [{ id: run.id }]),
  );
  await refused(
    "runs.list (tags only)",
    async () => as(await auth.createPublicToken({ scopes: { read: { tags: "public" } } }), () => runs.list({ tag: "public" })),
    PermissionDeniedError,
    403,
    "Unauthorized",
  );
  await call(
    "runs.retrieve (by its tag)",
    async () => as(await auth.createPublicToken({ scopes: { read: { tags: ["public"] } } }), () => runs.retrieve(run.id)),
    ({ id }) => equal(id, run.id),
  );
  const { batchId } = await batch.trigger([{ id: "echo", payload: 1 }]);
  const { id: waitpoint } = await wait.createToken({});
  await sessions.start({ type: "t", externalId: "public", taskIdentifier: "echo", triggerConfig: { basePayload: {} } });
  for (const [name, scopes, action, denied] of [
    ["batch", { read: { batch: batchId } }, () => batch.retrieve(batchId), () => tasks.trigger("echo", 1)],
    [
      "tasks",
      { read: { tasks: ["live"] } },
      () => runs.list({ taskIdentifier: "live" }),
      () => runs.list({ taskIdentifier: "echo" }),
    ],
    ["waitpoints", { write: { waitpoints: waitpoint } }, () => wait.completeToken(waitpoint), () => runs.retrieve(run.id)],
    ["sessions", { read: { sessions: "public" } }, () => sessions.retrieve("public"), () => sessions.close("public")],
    ["runs to change", { write: { runs: run.id } }, () => runs.cancel(run.id), () => runs.cancel(other.id)],
    ["prompts", { read: { prompts: true } }, () => prompts.list(), () => prompts.promote("greeting", 1)],
    ["queries", { read: { query: true } }, () => query.execute("SELECT count() FROM runs"), () => runs.list({})],
    ["everything", { read: { all: true } }, () => deployments.list(), () => tasks.trigger("echo", 1)],
    ["administration", { admin: true }, () => tasks.trigger("echo", 1)],
  ]) {
    const scoped = await auth.createPublicToken({ scopes });
    await call(
      `auth.createPublicToken (${name})`,
      () => as(scoped, action),
      (found) => ok(found),
    );
    if (denied) {
      await refused(
        `auth.createPublicToken (${name}: no more)`,
        () => as(scoped, denied),
        PermissionDeniedError,
        403,
        /Unauthorized/,
      );
    }
  }
  const trigger = await call(
    "auth.createTriggerPublicToken",
    () => auth.createTriggerPublicToken("echo", { multipleUse: true }),
    (token) => holds(claims(token), { otu: false, scopes: ["trigger:tasks:echo"] }),
  );
  await call(
    "tasks.trigger (public token)",
    () => as(trigger, () => tasks.trigger("echo", { by: "public" })),
    ({ id }) => match(id, /^run_/),
  );
  await refused(
    "tasks.trigger (another task)",
    () => as(trigger, () => tasks.trigger("fails", {})),
    PermissionDeniedError,
    403,
    /Unauthorized/,
  );
  await call("auth.withTriggerPublicToken", () =>
    auth.withTriggerPublicToken("echo", {}, async () => {
      await tasks.trigger("echo", {});
      await refused("tasks.trigger (token used before)", () => tasks.trigger("echo", {}), core.ApiError, 422, /./);
    }),
  );
  const batchToken = await call(
    "auth.createBatchTriggerPublicToken",
    () => auth.createBatchTriggerPublicToken(["echo", "fails"], { multipleUse: true, expirationTime: "1d" }),
    (token) => holds(claims(token), { otu: false, scopes: ["batchTrigger:tasks:echo", "batchTrigger:tasks:fails"] }),
  );
  await call(
    "batch.trigger (public token)",
    () => as(batchToken, () => batch.trigger([{ id: "echo", payload: 1 }])),
    ({ runCount }) => equal(runCount, 1),
  );
  await call("auth.withBatchTriggerPublicToken", () =>
    auth.withBatchTriggerPublicToken("echo", { multipleUse: true }, () => tasks.batchTrigger("echo", [{ payload: 1 }])),
  );
  await call(
    "wait.completeToken (its own token)",
    async () => {
      const token = await wait.createToken({ timeout: "1h" });
      return as(token.publicAccessToken, () => wait.completeToken(token.id, 1));
    },
    ({ success }) => equal(success, true),
  );
  await call(
    "runs.subscribeToRun (public token)",
    () =>
      as(token, async () => {
        for await (const seen of runs.subscribeToRun(run.id)) {
          return seen;
        }
      }),
    ({ id }) => equal(id, run.id),
  );
  await runs.cancel(run.id);
}

async function keys() {
  const additional = process.env.ADDITIONAL_KEY;
  const minted = await call(
    "auth.createPublicToken (additional key)",
    () => auth.withAuth({ accessToken: additional }, () => auth.createPublicToken({ scopes: { read: { runs: true } } })),
    (token) => deepEqual(claims(token).scopes, ["read:runs"]),
  );
  await call(
    "runs.list (minted token)",
    () => auth.withAuth({ accessToken: minted }, () => runs.list({ limit: 1 })),
    ({ data }) => equal(data.length, 1),
  );
  await call(
    "tasks.trigger (additional key)",
    () => auth.withAuth({ accessToken: additional }, () => tasks.trigger("echo", 1)),
    ({ publicAccessToken }) => match(publicAccessToken, /^ey/),
  );
  const preview = process.env.PREVIEW_KEY;
  const branch = await call(
    "TriggerClient",
    async () => new sdk.TriggerClient({ accessToken: preview, previewBranch: "feature" }),
    async ({ tasks, runs }) => holds(await all(runs.list({ tag: "branch" })), []),
  );
  await call(
    "tasks.trigger (branch)",
    () => branch.tasks.trigger("echo", { on: "branch" }, { tags: "branch" }),
    async (handle) => holds(await all(branch.runs.list({ tag: "branch" })), [{ id: handle.id, env: { name: /^preview/ } }]),
  );
  await call(
    "queues.retrieve (branch)",
    () => branch.queues.retrieve({ type: "task", name: "echo" }),
    ({ name }) => equal(name, "echo"),
  );
  await refused(
    "runs.list (unknown branch)",
    () => new sdk.TriggerClient({ accessToken: preview, previewBranch: "none" }).runs.list(),
    AuthenticationError,
    401,
    "No matching branch env",
  );
  await refused(
    "runs.list (no branch)",
    () => new ApiClient(process.env.TRIGGER_API_URL, preview).listRuns(),
    AuthenticationError,
    401,
    "x-trigger-branch header required for preview env",
  );
}

async function failures() {
  await refused(
    "runs.list (unknown key)",
    () => client("tr_prod_unknown").listRuns(),
    AuthenticationError,
    401,
    "Invalid API key",
  );
  await refused(
    "schedules.list (unknown key)",
    () => client("tr_prod_unknown").listSchedules(),
    AuthenticationError,
    401,
    "Invalid or Missing API Key",
  );
  const fault = (kind, more) =>
    fetch(`${process.env.TRIGGER_API_URL}/emulator/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ kind, operations: ["queues.list"], times: 1, ...more }),
    });
  await call(
    "a fault",
    () => fault("rate-limit", { duration: "PT30S" }),
    (response) => ok(response.ok, String(response.status)),
  );
  await refused("queues.list (rate limit)", () => queues.list({}, once), RateLimitError, 429, /Rate limit exceeded/);
  await fault("status", { status: 500 });
  await refused("queues.list (500)", () => queues.list({}, once), InternalServerError, 500, /./);
  await fault("status", { status: 503 });
  await call(
    "queues.list (once more)",
    () => queues.list({ perPage: 1 }, { retry: { minTimeoutInMs: 5, maxTimeoutInMs: 5 } }),
    ({ data }) => equal(data.length, 1),
  );
}

async function personalAccessToken() {
  await call("auth.configure", async () => auth.configure({ baseURL: process.env.TRIGGER_API_URL }));
  await call("configure", async () =>
    configure({ accessToken: process.env.PERSONAL_ACCESS_TOKEN, baseURL: process.env.TRIGGER_API_URL }),
  );
  await call(
    "runs.list (personal access token)",
    () => runs.list(project, { env: ["prod"], tag: "filter", status: "DELAYED", isTest: false }),
    ({ data }) => holds(data, [{ status: "DELAYED", env: { name: "prod" } }]),
  );
  await refused(
    "runs.list (unknown environment)",
    () => runs.list(project, { env: "staging" }, once),
    InternalServerError,
    500,
    /./,
  );
  await call(
    "envvars.list (personal access token)",
    () => envvars.list(project, "prod"),
    (found) => ok(found.some(({ name }) => name === "B")),
  );
  await call(
    "envvars.create (personal access token)",
    () => envvars.create(project, "dev", { name: "DEV", value: "1" }),
    async () => deepEqual(await envvars.list(project, "dev"), [{ name: "DEV", value: "1", isSecret: false }]),
  );
  await refused("tasks.trigger (personal access token)", () => tasks.trigger("echo", 1), AuthenticationError, 401, /Invalid/);
}
