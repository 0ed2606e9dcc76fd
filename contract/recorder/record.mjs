// Makes the calls of calls.mjs with the official client, and writes what it sends in the form of the wire cases (see
// ../README.md), a file for each area and a line for each call. Responses are those of a wire case of the same operation.
//
//   npm install && node record.mjs

import http from "node:http";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as sdk from "@trigger.dev/sdk";
import { ApiClient } from "@trigger.dev/core/v3";
import calls from "./calls.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const WIRE = path.join(HERE, "..", "wire");
const KEY = "tr_prod_GoldenRootKey0123456";

// operations that no function of the SDK makes from outside a task, and the method of its client that does
const METHODS = {
  "runs.addTags": "addTags", "runs.trace": "retrieveRunTrace", "runs.tracePage": "retrieveRunTracePage", "runs.span": "retrieveSpan",
  "runs.events": "listRunEvents", "runs.result": "getRunResult", "runs.retrieveMetadata": "getRunMetadata",
  "runs.updateMetadata": "updateRunMetadata", "runs.packetUrl": "getRunPacketUrl", "packets.uploadUrl": "createUploadPayloadUrl",
  "packets.downloadUrl": "getPayloadUrl", "batch.results": "getBatchResults", "query.report": "getReport", "query.schema": "getQuerySchema",
  "query.dashboards.create": "createDashboard", "query.dashboards.update": "updateDashboard",
  "query.dashboards.widgets.add": "addDashboardWidget", "query.dashboards.widgets.update": "updateDashboardWidget",
  "query.dashboards.widgets.del": "deleteDashboardWidget", "sessions.records": "readSessionStreamRecords",
  "sessions.transcript": "getSessionTranscript", "streams.append": "appendToStream",
  "webhooks.endpoints.rotateSecret": "generateWebhookEndpointSecret", "webhooks.endpoints.setSecret": "setWebhookEndpointSecret",
  "webhooks.deliveries.list": "listWebhookDeliveries", "webhooks.deliveries.replay": "replayWebhookDelivery",
};

function fixtures() {
  const fixtures = {};
  for (const area of fs.readdirSync(WIRE)) {
    for (const file of fs.readdirSync(path.join(WIRE, area))) {
      const wire = JSON.parse(fs.readFileSync(path.join(WIRE, area, file), "utf8"));
      const responses = wire.responses ?? [];
      if (wire.error || wire.errorOneOf || wire.consume || !responses.length || responses.some((one) => one.action || one.status >= 300)) {
        continue;
      }
      // the shortest of those that the SDK understood
      const rank = [wire.parity === "match" && "result" in wire ? 0 : 1, responses.length, JSON.stringify(responses).length];
      const known = fixtures[wire.operation];
      const better = rank.findIndex((one, i) => known && one !== known.rank[i]);
      if (!known || (better >= 0 && rank[better] < known.rank[better])) {
        fixtures[wire.operation] = { rank, responses };
      }
    }
  }
  return fixtures;
}

// the server that answers
let queue = [];
let received = [];
const server = http.createServer((request, response) => {
  const body = [];
  request.on("data", (part) => body.push(part));
  request.on("end", () => {
    const url = new URL(request.url, "http://server");
    received.push({ method: request.method, path: url.pathname, query: [...url.searchParams], headers: request.headers,
      body: Buffer.concat(body).toString() });
    const next = queue.shift() ?? { status: 500, headers: {}, body: { error: "one request too many" } };
    const headers = Object.fromEntries(Object.entries(next.headers ?? {})
      .map(([name, value]) => [name, value.replace(/\$epochMillis\(now\+(\d+)\)/, (_, more) => Date.now() + Number(more))]));
    response.writeHead(next.status, headers);
    response.end((next.bodyText ?? JSON.stringify(next.body)).replaceAll("http://SERVER", address));
  });
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const address = `http://127.0.0.1:${server.address().port}`;

async function toArgument(value) {
  if (Array.isArray(value)) {
    return Promise.all(value.map(toArgument));
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  if (value.$date) {
    return new Date(value.$date);
  }
  if (value.$idempotencyKey) {
    return sdk.idempotencyKeys.create(value.$idempotencyKey.key, { scope: value.$idempotencyKey.scope });
  }
  return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, one]) => [name, await toArgument(one)])));
}

function findFunction(operation, api) {
  if (METHODS[operation]) {
    return (...args) => api[METHODS[operation]](...args);
  }
  if (operation === "projects.runs.list") {
    return (...args) => sdk.runs.list(...args);
  }
  let holder = sdk;
  let found = sdk;
  for (const name of operation.split(".")) {
    holder = found;
    found = found?.[name];
  }
  return found && ((...args) => found.apply(holder, args));
}

// the SDK wraps values in SuperJSON, the cases have plain JSON, which the server takes just as well
function toPlain(body) {
  for (const [holder, data, type] of [[body?.options, "payload", "payloadType"], [body, "payload", "payloadType"], [body, "data", "dataType"]]) {
    if (holder?.[type] === "application/super+json") {
      const place = (holder === body?.options) ? body : holder;
      const wrapped = JSON.parse(place[data]);
      if (wrapped.meta) {
        throw new Error("A value that only JavaScript has");
      }
      place[data] = wrapped.json;
      holder[type] = "application/json";
    }
  }
  delete body?.options?.payloadSize;
  return body;
}

function toRequest({ method, path, query, headers, body }) {
  const request = { method, path, query, headers: {} };
  for (const name of ["authorization", "x-trigger-branch"]) {
    if (headers[name]) {
      request.headers[name] = headers[name];
    }
  }
  if (!body) {
    return request;
  }
  const type = headers["content-type"] ?? "";
  request.headers["content-type"] = type;
  if (type.includes("ndjson")) {
    request.bodyLines = body.split("\n").filter(Boolean).map((line) => toPlain(JSON.parse(line)));
  }
  else {
    try {
      request.body = toPlain(JSON.parse(body));
    }
    catch {
      request.bodyText = body;
    }
  }
  return request;
}

const defaults = fixtures();
const areas = {};
for (const { operation, arguments: args, credential = KEY, previewBranch = null, retry = { maxAttempts: 1 }, responses } of calls) {
  const given = responses ?? defaults[operation]?.responses;
  const api = new ApiClient(address, credential, previewBranch ?? undefined, { retry });
  const make = findFunction(operation, api);
  if (!make || !given) {
    throw new Error(`${operation}: no function or no response`);
  }
  queue = [...given];
  received = [];
  let failure;
  try {
    const made = await toArgument(args);
    await sdk.auth.withAuth({ baseURL: address, accessToken: credential, previewBranch: previewBranch ?? undefined, requestOptions: { retry } },
      () => make(...made));
  }
  catch (error) {
    failure = error;
  }
  const area = operation.split(".")[0];
  const cases = (areas[area] ??= []);
  const one = { name: `${operation}-${cases.length + 1}`, operation, arguments: args, client: { credential, previewBranch, retry },
    requests: received.map(toRequest), responses: given.slice(0, received.length), resultNotCompared: true };
  if (failure) {
    if (!received.length || !(failure.status >= 300)) {
      throw new Error(`${operation} ${JSON.stringify(args)}: ${failure.message}`);
    }
    one.error = { kind: "api", status: failure.status, message: failure.message };
    for (const name of ["code", "type", "param"]) {
      if (failure[name]) {
        one.error[name] = failure[name];
      }
    }
  }
  cases.push(one);
}
for (const [area, cases] of Object.entries(areas)) {
  fs.writeFileSync(path.join(HERE, "..", "calls", `${area}.json`), `{"cases": [\n${cases.map((one) => JSON.stringify(one)).join(",\n")}\n]}\n`);
  console.log(`${area}: ${cases.length}`);
}
process.exit(0);
