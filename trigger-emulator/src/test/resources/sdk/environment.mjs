// What belongs to an environment: variables, waitpoint tokens and deployments.
import { all, call, client, core, deepEqual, equal, holds, ids, ok, project, refused, sdk } from "./client.mjs";

const { deployments, envvars, runs, tasks, wait } = sdk;
const { BadRequestError, NotFoundError } = core;

export default async function () {
  await variables();
  await tokens();
  await deployed();
}

async function variables() {
  await call(
    "envvars.create",
    () => envvars.create(project, "prod", { name: "A", value: "1" }),
    (created) => deepEqual(created, { success: true }),
  );
  await call(
    "envvars.upload",
    () => envvars.upload(project, "prod", { variables: { A: "2", B: "3" }, override: true }),
    (uploaded) => deepEqual(uploaded, { success: true }),
  );
  await call(
    "envvars.upload (secrets)",
    () => envvars.upload(project, "prod", { variables: { SECRET: "s" }, isSecret: true }),
    (uploaded) => deepEqual(uploaded, { success: true }),
  );
  await refused(
    "envvars.upload (without override)",
    () => envvars.upload(project, "prod", { variables: { A: "3" } }),
    BadRequestError,
    400,
    "Some of the variables are already set for these environments. Set override to true to override them.",
  );
  await call(
    "envvars.retrieve",
    () => envvars.retrieve(project, "prod", "B"),
    (found) => deepEqual(found, { name: "B", value: "3", isSecret: false }),
  );
  await call(
    "envvars.retrieve (secret)",
    () => envvars.retrieve(project, "prod", "SECRET"),
    (found) => deepEqual(found, { name: "SECRET", value: "<redacted>", isSecret: true }),
  );
  await call(
    "ApiClient.updateEnvVar",
    () => client().updateEnvVar(project, "prod", "B", { value: "4" }),
    async (updated) => {
      deepEqual(updated, { success: true });
      equal((await envvars.retrieve(project, "prod", "B")).value, "4");
    },
  );
  await call(
    "envvars.del",
    () => envvars.del(project, "prod", "A"),
    (deleted) => deepEqual(deleted, { success: true }),
  );
  await call(
    "envvars.list",
    () => envvars.list(project, "prod"),
    (found) =>
      deepEqual(found.map(({ name, value }) => [name, value]).sort(), [
        ["B", "4"],
        ["SECRET", "<redacted>"],
      ]),
  );
  await refused(
    "envvars.retrieve (deleted)",
    () => envvars.retrieve(project, "prod", "A"),
    NotFoundError,
    404,
    "Environment variable not found",
  );
  await refused("envvars.del (twice)", () => envvars.del(project, "prod", "A"), NotFoundError, 404, /not found/i);
  await refused(
    "envvars.create (no name)",
    () => envvars.create(project, "prod", { value: "1" }),
    BadRequestError,
    400,
    /Invalid request body|name/,
  );
}

async function tokens() {
  const token = await call(
    "wait.createToken",
    () => wait.createToken({ timeout: "1h", tags: ["sdk"], idempotencyKey: "token", idempotencyKeyTTL: "1d" }),
    (token) => {
      holds(token, { id: /^waitpoint_\w+$/, isCached: false, url: /\/callback\/[0-9a-f]{64}$/ });
      deepEqual(JSON.parse(atob(token.publicAccessToken.split(".")[1])).scopes, [`write:waitpoints:${token.id}`]);
    },
  );
  await call(
    "wait.createToken (same key)",
    () => wait.createToken({ idempotencyKey: "token" }),
    (again) => holds(again, { id: token.id, isCached: true }),
  );
  const other = await call(
    "wait.createToken (date)",
    () => wait.createToken({ timeout: new Date("2040-01-01T00:00:00.000Z"), tags: ["a", "b"] }),
    async ({ id }) =>
      holds(await wait.retrieveToken(id), {
        status: "WAITING",
        tags: ["a", "b"],
        timeoutAt: new Date("2040-01-01T00:00:00.000Z"),
        output: undefined,
        error: undefined,
        completedAt: undefined,
      }),
  );
  await call(
    "wait.completeToken",
    () => wait.completeToken(token, { approved: true }),
    (completed) => deepEqual(completed, { success: true }),
  );
  await call(
    "wait.completeToken (twice)",
    () => wait.completeToken(token.id, { approved: false }),
    (completed) => deepEqual(completed, { success: true }),
  );
  await call(
    "wait.retrieveToken",
    () => wait.retrieveToken(token),
    (found) => {
      holds(found, { id: token.id, status: "COMPLETED", output: { approved: true }, tags: ["sdk"], idempotencyKey: "token" });
      ok(found.createdAt <= found.completedAt && found.idempotencyKeyExpiresAt > found.createdAt);
    },
  );
  for (const [name, query, expected] of [
    ["tags", { tags: ["sdk", "b"] }, [other.id, token.id]],
    ["status", { status: "COMPLETED" }, [token.id]],
    ["statuses", { status: ["WAITING", "TIMED_OUT"], tags: ["a"] }, [other.id]],
    ["key", { idempotencyKey: "token" }, [token.id]],
    ["period", { period: "1h", tags: "sdk" }, [token.id]],
    ["to", { to: new Date(1) }, []],
    ["from", { from: new Date(Date.now() - 3_600_000), tags: "a" }, [other.id]],
    ["pages", { limit: 1, tags: ["sdk", "a"] }, [other.id, token.id]],
  ]) {
    await call(
      `wait.listTokens (${name})`,
      () => all(wait.listTokens(query)),
      (found) => deepEqual(ids(found), expected),
    );
  }
  await refused("wait.completeToken (unknown)", () => wait.completeToken("waitpoint_none", 1), NotFoundError, 404, /not found/i);
  const waiting = await tasks.trigger("live", {});
  await call(
    "ApiClient.createInputStreamWaitpoint",
    () => client().createInputStreamWaitpoint(waiting.id, { streamId: "other", timeout: "1h" }),
    async ({ waitpointId, isCached }) => {
      equal(isCached, false);
      await client().sendInputStream(waiting.id, "other", { a: 1 });
      holds(await wait.retrieveToken(waitpointId), { status: "COMPLETED", output: { a: 1 } });
    },
  );
  await call(
    "ApiClient.waitForWaitpointToken",
    () => client().waitForWaitpointToken({ runFriendlyId: waiting.id, waitpointFriendlyId: token.id }),
    (waited) => deepEqual(waited, { success: true }),
  );
  await runs.cancel(waiting.id);
}

async function deployed() {
  const current = await call(
    "deployments.retrieveCurrent",
    () => deployments.retrieveCurrent(),
    (current) => holds(current, { id: /^deployment_\w+$/, status: "DEPLOYED", version: /^\d{8}\.\d+$/ }),
  );
  await call(
    "deployments.list",
    () => all(deployments.list({ status: "DEPLOYED", limit: 5 })),
    (found) => holds(found, [{ id: current.id, version: current.version }]),
  );
  await call(
    "deployments.list (period)",
    () => all(deployments.list({ period: "1d" })),
    (found) => deepEqual(ids(found), [current.id]),
  );
  await call(
    "deployments.list (failed)",
    () => all(deployments.list({ status: "FAILED" })),
    (found) => deepEqual(found, []),
  );
  await call(
    "deployments.list (from and to)",
    () => all(deployments.list({ from: "2019-01-01T00:00:00Z", to: "2020-01-01T00:00:00Z" })),
    (found) => deepEqual(found, []),
  );
}
