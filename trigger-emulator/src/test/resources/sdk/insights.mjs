// What is asked about runs and around them: queries, dashboards, reports, prompts and webhooks.
import { call, client, core, deepEqual, equal, holds, match, ok, refused, sameItems, sdk } from "./client.mjs";

const { prompts, query, webhooks } = sdk;
const { BadRequestError, ConflictError, NotFoundError } = core;

export default async function () {
  await queries();
  await dashboards();
  await promptVersions();
  await webhookEndpoints();
}

async function queries() {
  await call(
    "query.execute",
    () =>
      query.execute(
        "SELECT task_identifier, count() AS n FROM runs WHERE status = 'Completed' GROUP BY task_identifier ORDER BY n DESC",
      ),
    ({ format, results }) => {
      equal(format, "json");
      ok(results[0].task_identifier === "echo" && results[0].n > 5, JSON.stringify(results));
    },
  );
  await call(
    "query.execute (options of a run)",
    () => query.execute("SELECT queue, concurrency_key, machine, max_duration, ttl FROM runs WHERE concurrency_key = 'tenant-1'"),
    ({ results }) =>
      deepEqual(results, [{ queue: "orders", concurrency_key: "tenant-1", machine: "small-2x", max_duration: 60, ttl: "1h" }]),
  );
  await call(
    "query.execute (csv)",
    () => query.execute("SELECT run_id, status FROM runs LIMIT 2", { format: "csv", period: "1d" }),
    ({ format, results }) => {
      equal(format, "csv");
      match(results, /^"?run_id"?,"?status"?\r?\n"?run_\w+"?,/);
    },
  );
  await call(
    "query.execute (times)",
    () => query.execute("SELECT run_id FROM runs", { from: 1, to: new Date("2020-01-01"), scope: "project" }),
    ({ results }) => deepEqual(results, []),
  );
  await refused("query.execute (unknown column)", () => query.execute("SELECT none FROM runs"), BadRequestError, 400, /none/);
  await call(
    "ApiClient.getQuerySchema",
    () => client().getQuerySchema(),
    ({ tables }) => {
      const runs = tables.find(({ name }) => name === "runs");
      equal(runs.timeColumn, "triggered_at");
      ok(runs.columns.some(({ name, type }) => name === "run_id" && type === "String"));
    },
  );
  await call(
    "ApiClient.getReport",
    () => client().getReport("health", { period: "1d" }),
    (report) => equal(typeof report, "string"),
  );
  await call(
    "ApiClient.getReport (json)",
    () => client().getReport("health", { format: "json" }),
    ({ scope, windowMinutes }) => deepEqual([scope, typeof windowMinutes], ["prod", "number"]),
  );
}

async function dashboards() {
  const { dashboards } = query;
  const widget = {
    title: "Runs",
    query: "SELECT count() FROM runs",
    display: { type: "table", prettyFormatting: true, sorting: [] },
  };
  const plain = await call(
    "query.dashboards.create",
    () => dashboards.create({ title: "Plain" }),
    (dashboard) => holds(dashboard, { title: "Plain", description: "", widgets: [] }),
  );
  const created = await call(
    "query.dashboards.create (widgets)",
    () => dashboards.create({ title: "Mine", description: "d", widgets: [widget] }),
    (dashboard) => {
      holds(dashboard, {
        title: "Mine",
        description: "d",
        widgets: [{ title: "Runs", query: widget.query, display: { type: "table" } }],
      });
      ok(dashboard.createdAt instanceof Date && dashboard.revision);
    },
  );
  await call(
    "query.dashboards.retrieve",
    () => dashboards.retrieve(created.id),
    (found) => deepEqual(found, created),
  );
  await call(
    "query.dashboards.list",
    () => dashboards.list(),
    (found) => {
      ok(found.dashboards.some(({ key, type }) => key === "overview" && type !== "custom"));
      holds(
        found.dashboards.filter(({ key }) => key === created.id),
        [{ title: "Mine" }],
      );
    },
  );
  const updated = await call(
    "query.dashboards.update",
    () => dashboards.update(created.id, { title: "Ours", revision: created.revision }),
    (dashboard) => {
      holds(dashboard, { title: "Ours", description: "d", widgets: [{ title: "Runs" }] });
      ok(dashboard.revision !== created.revision);
    },
  );
  await refused(
    "query.dashboards.update (old revision)",
    () => dashboards.update(created.id, { title: "x", revision: created.revision }, { retry: { maxAttempts: 1 } }),
    ConflictError,
    409,
    /./,
  );
  await call(
    "query.dashboards.replace",
    () => dashboards.replace(created.id, { title: "New", widgets: [] }),
    (dashboard) => holds(dashboard, { id: updated.id, title: "New", widgets: [] }),
  );
  await dashboards.widgets.add(created.id, widget);
  const added = await call(
    "query.dashboards.widgets.add",
    () => dashboards.widgets.add(created.id, { ...widget, title: "Below" }),
    ({ widgetId, dashboard }) => {
      const [first, second] = dashboard.widgets;
      holds(second, { id: widgetId, title: "Below" });
      ok(second.position.y >= first.position.y + first.position.h, JSON.stringify([first.position, second.position]));
    },
  );
  await call(
    "query.dashboards.widgets.update",
    () => dashboards.widgets.update(created.id, added.widgetId, { title: "All" }),
    (dashboard) => holds(dashboard.widgets[1], { id: added.widgetId, title: "All", query: widget.query }),
  );
  await call(
    "query.dashboards.widgets.del",
    () => dashboards.widgets.del(created.id, added.widgetId),
    ({ widgets }) => equal(widgets.length, 1),
  );
  await call(
    "query.dashboards.del",
    () => dashboards.del(created.id),
    (deleted) => deepEqual(deleted, { id: created.id }),
  );
  await refused("query.dashboards.retrieve (deleted)", () => dashboards.retrieve(created.id), NotFoundError, 404, /not found/i);
  await dashboards.del(plain.id);
}

async function promptVersions() {
  await call(
    "prompts.list",
    () => prompts.list(),
    ({ data }) => holds(data, [{ slug: "greeting", friendlyId: /^prompt_/, currentVersion: 1, hasOverride: false, tags: [] }]),
  );
  await call(
    "prompts.resolve",
    () => prompts.resolve("greeting", { name: "Ada" }),
    (prompt) => {
      holds(prompt, { promptId: /^prompt_/, version: 1, text: "Hello Ada" });
      sameItems(prompt.labels, ["current", "latest"]);
      equal(prompt.toAISDKTelemetry().experimental_telemetry.metadata["prompt.slug"], "greeting");
    },
  );
  await call(
    "prompts.createOverride",
    () => prompts.createOverride("greeting", { textContent: "Hi {{name}}", model: "m", commitMessage: "c" }),
    (created) => deepEqual(created, { ok: true, version: 2 }),
  );
  await call(
    "prompts.resolve (override)",
    () => prompts.resolve("greeting", { name: "Ada" }),
    (prompt) => holds(prompt, { version: 2, text: "Hi Ada", model: "m" }),
  );
  await call(
    "prompts.resolve (version)",
    () => prompts.resolve("greeting", { name: "Ada" }, { version: 1 }),
    ({ text }) => equal(text, "Hello Ada"),
  );
  await call(
    "prompts.updateOverride",
    () => prompts.updateOverride("greeting", { textContent: "Hey {{name}}" }),
    async (updated) => {
      deepEqual(updated, { ok: true });
      equal((await prompts.resolve("greeting", { name: "B" })).text, "Hey B");
    },
  );
  await call(
    "prompts.removeOverride",
    () => prompts.removeOverride("greeting"),
    async (removed) => {
      deepEqual(removed, { ok: true });
      equal((await prompts.resolve("greeting", { name: "B" })).text, "Hello B");
    },
  );
  await call(
    "prompts.reactivateOverride",
    () => prompts.reactivateOverride("greeting", 2),
    async (again) => {
      deepEqual(again, { ok: true });
      equal((await prompts.resolve("greeting", { name: "B" })).text, "Hey B");
    },
  );
  await call(
    "prompts.versions",
    () => prompts.versions("greeting"),
    ({ data }) =>
      holds(data, [
        { version: 2, source: "api", textContent: "Hey {{name}}", commitMessage: "c" },
        { version: 1, source: "code", textContent: "Hello {{name}}" },
      ]),
  );
  await call(
    "prompts.promote",
    () => prompts.promote("greeting", 1),
    (promoted) => deepEqual(promoted, { ok: true }),
  );
  await refused(
    "prompts.promote (override)",
    () => prompts.promote("greeting", 2),
    BadRequestError,
    400,
    "Only code-sourced versions can be promoted. Use the override API instead.",
  );
  await refused("prompts.resolve (unknown)", () => prompts.resolve("none"), NotFoundError, 404, /not found/i);
}

async function webhookEndpoints() {
  const {
    data: [endpoint],
  } = await call(
    "ApiClient.listWebhookEndpoints",
    () => client().listWebhookEndpoints(),
    ({ data }) => holds(data, [{ id: /./, declaredId: "payments", source: "stripe", status: "active", secretSet: false }]),
  );
  await call(
    "ApiClient.retrieveWebhookEndpoint",
    () => client().retrieveWebhookEndpoint(endpoint.id),
    (found) => holds(found, { id: endpoint.id, declaredId: "payments" }),
  );
  await call(
    "ApiClient.generateWebhookEndpointSecret",
    () => client().generateWebhookEndpointSecret(endpoint.id, { previousSecretTtlSeconds: 60 }),
    (rotated) => {
      holds(rotated, { id: endpoint.id, secretSet: true, secret: /^whsec_/ });
      ok(new Date(rotated.previousSecretExpiresAt) > new Date());
    },
  );
  await call(
    "ApiClient.setWebhookEndpointSecret",
    () => client().setWebhookEndpointSecret(endpoint.id, { secret: "whsec_mine" }),
    (set) => deepEqual(set, { id: endpoint.id, secretSet: true }),
  );
  const {
    data: [delivery],
  } = await call(
    "ApiClient.listWebhookDeliveries",
    () => client().listWebhookDeliveries({ endpoint: "payments", limit: 1, period: "1d" }),
    ({ data }) => holds(data, [{ status: "succeeded", endpoint: { id: endpoint.id, declaredId: "payments" } }]),
  );
  await call(
    "ApiClient.listWebhookDeliveries (failed)",
    () => client().listWebhookDeliveries({ status: ["failed"] }),
    ({ data }) => deepEqual(data, []),
  );
  await call(
    "ApiClient.listWebhookDeliveries (from)",
    () => client().listWebhookDeliveries({ from: new Date("2040-01-01") }),
    ({ data }) => deepEqual(data, []),
  );
  await call(
    "ApiClient.retrieveWebhookDelivery",
    () => client().retrieveWebhookDelivery(delivery.id),
    (found) => holds(found, { id: delivery.id, status: "succeeded", event: { amount: 5 } }),
  );
  await call(
    "ApiClient.replayWebhookDelivery",
    () => client().replayWebhookDelivery(delivery.id, { targetId: "task" }),
    (replayed) => {
      equal(replayed.replayedFrom, delivery.id);
      ok(replayed.deliveryId !== delivery.id);
    },
  );
  const waiter = await call(
    "webhooks.waiter.create",
    () => webhooks.waiter.create({ id: "payments" }, { timeout: "1h", idempotencyKey: "waiter", filter: undefined, tags: ["w"] }),
    (waiter) => {
      holds(waiter, { id: /^waitpoint_/, isCached: false, url: /./ });
      ok(waiter.expiresAt > new Date());
    },
  );
  await call(
    "webhooks.waiter.cancel",
    () => webhooks.waiter.cancel(waiter),
    (cancelled) => deepEqual(cancelled, { cancelled: true }),
  );
  await call(
    "webhooks.waiter.cancel (twice)",
    () => webhooks.waiter.cancel(waiter.id),
    (cancelled) => holds(cancelled, { cancelled: false, reason: "too_late" }),
  );
  await call(
    "webhooks.waiter.create (unknown)",
    () =>
      webhooks.waiter.create({ id: "none" }).then(
        () => "made",
        (error) => error,
      ),
    (error) => ok(error instanceof sdk.WebhookEndpointNotFoundError, `${error?.constructor?.name}: ${error?.message}`),
  );
  await refused(
    "ApiClient.retrieveWebhookEndpoint (unknown)",
    () => client().retrieveWebhookEndpoint("none"),
    NotFoundError,
    404,
    /not found/i,
  );
}
