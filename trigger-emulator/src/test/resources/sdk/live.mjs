// What the server pushes: feeds of runs and batches, streams of runs, and channels of sessions.
import { all, call, client, core, deepEqual, equal, holds, ids, match, ok, refused, sdk } from "./client.mjs";

const { runs, sessions, streams, tasks } = sdk;

export default async function () {
  await feeds();
  await streamsOfRuns();
  await sessionsAndChannels();
}

async function feeds() {
  const approval = streams.input({ id: "approval" });
  const live = await tasks.trigger("live", { n: 1 }, { tags: ["live"] });
  await call(
    "runs.subscribeToRun",
    async () => {
      const seen = [];
      for await (const run of runs.subscribeToRun(live.id, { skipColumns: ["payload"] })) {
        seen.push(run);
        if (run.metadata?.step === "waits" && !seen.sent) {
          seen.sent = true;
          await approval.send(live.id, { approved: true });
        }
      }
      return seen;
    },
    (seen) =>
      holds(seen.at(-1), {
        id: live.id,
        status: "COMPLETED",
        output: { approved: true },
        payload: undefined,
        tags: ["live"],
        isCompleted: true,
        metadata: { step: "waits" },
      }),
  );
  await call(
    "runs.subscribeToRunsWithTag",
    async () => {
      for await (const run of runs.subscribeToRunsWithTag(["live"], { createdAt: "1h" })) {
        return run;
      }
    },
    (run) => holds(run, { id: live.id, status: "COMPLETED", tags: ["live"] }),
  );
}

async function streamsOfRuns() {
  const streamed = await tasks.trigger("live", { n: 4 });
  const parts = ["one", { two: 2 }, 3];
  await call(
    "runs.subscribeToRun (with streams)",
    async () => {
      const seen = { run: [], out: [] };
      for await (const part of runs.subscribeToRun(streamed.id).withStreams()) {
        seen[part.type].push(part.type === "run" ? part.run.status : part.chunk);
        if (part.type === "out" && seen.out.length === 3) {
          await streams.input({ id: "approval" }).send(streamed.id, { approved: true });
        }
        if (part.type === "run" && part.run.finishedAt) {
          break;
        }
      }
      return seen;
    },
    (seen) => {
      deepEqual(seen.out, parts);
      equal(seen.run.at(-1), "COMPLETED");
    },
  );
  await call(
    "streams.read",
    async () => all(streams.read(streamed.id, "out", { timeoutInSeconds: 1 })),
    (found) => deepEqual(found, parts),
  );
  await call(
    "streams.read (start)",
    async () => all(streams.read(streamed.id, "out", { startIndex: 1 }), 2),
    (found) => deepEqual(found, parts.slice(1)),
  );
  await call(
    "runs.fetchStream",
    async () => all(runs.fetchStream(streamed.id, "out"), 3),
    (found) => deepEqual(found, parts),
  );
  const target = (await tasks.trigger("live", { n: 5 })).id;
  await call(
    "ApiClient.createStream",
    () => client().createStream(target, "self", "mine"),
    ({ version, headers }) => {
      equal(version, "v2");
      ok(headers["x-s2-stream-name"].endsWith(`/runs/${target}/mine`));
    },
  );
  await call(
    "ApiClient.appendToStream",
    () => client().appendToStream(target, "self", "mine", "a"),
    (appended) => deepEqual(appended, { ok: true }),
  );
  const defined = await call(
    "streams.define",
    async () => streams.define({ id: "mine" }),
    ({ id }) => equal(id, "mine"),
  );
  await call(
    "streams.define().read",
    () => all(defined.read(target), 1),
    (found) => deepEqual(found, ["a"]),
  );
  await runs.cancel(target);
}

async function sessionsAndChannels() {
  const started = await call(
    "sessions.start",
    () =>
      sessions.start({
        type: "chat.agent",
        externalId: "chat-1",
        taskIdentifier: "live",
        tags: ["s"],
        metadata: { m: 1 },
        expiresAt: new Date("2040-01-01T00:00:00.000Z"),
        triggerConfig: { basePayload: { a: 1 }, tags: ["of-session"], queue: "orders", machine: "micro", maxAttempts: 2 },
      }),
    async (session) => {
      holds(session, {
        id: /^session_\w+$/,
        externalId: "chat-1",
        type: "chat.agent",
        taskIdentifier: "live",
        tags: ["s"],
        metadata: { m: 1 },
        isCached: false,
        closedAt: null,
        expiresAt: new Date("2040-01-01T00:00:00.000Z"),
        runId: /^run_/,
      });
      holds(await runs.retrieve(session.runId), { taskIdentifier: "live", payload: { a: 1 } });
    },
  );
  await call(
    "sessions.start (same)",
    () =>
      sessions.start({
        type: "chat.agent",
        externalId: "chat-1",
        taskIdentifier: "live",
        triggerConfig: { basePayload: { a: 1 } },
      }),
    (again) => holds(again, { id: started.id, isCached: true, runId: started.runId }),
  );
  await call(
    "sessions.retrieve",
    () => sessions.retrieve("chat-1"),
    (found) => holds(found, { id: started.id, currentRunId: started.runId }),
  );
  await call(
    "sessions.update",
    () => sessions.update(started.id, { tags: ["t"], metadata: { m: 2 } }),
    (updated) => holds(updated, { tags: ["t"], metadata: { m: 2 } }),
  );
  const other = await sessions.start({ type: "other", taskIdentifier: "echo", triggerConfig: { basePayload: {} } });
  for (const [name, query, expected] of [
    ["all", { limit: 1 }, [other.id, started.id]],
    ["type", { type: "chat.agent" }, [started.id]],
    ["tag", { tag: "t" }, [started.id]],
    ["tags, which servers don't take apart", { tag: ["t", "none"] }, []],
    ["status", { status: "ACTIVE", taskIdentifier: "echo" }, [other.id]],
    ["closed", { status: "CLOSED" }, []],
    ["external id", { externalId: "chat-1" }, [started.id]],
    ["period", { period: "1h", type: "other" }, [other.id]],
    ["to", { to: 1 }, []],
  ]) {
    await call(
      `sessions.list (${name})`,
      () => all(sessions.list(query)),
      (found) => deepEqual(ids(found), expected),
    );
  }
  const session = sessions.open("chat-1");
  await call("SessionInputChannel.send", () => session.in.send({ text: "hi" }));
  await call(
    "ApiClient.readSessionStreamRecords",
    () => client().readSessionStreamRecords("chat-1", "in"),
    ({ records }) => {
      equal(records.length, 1);
      match(JSON.stringify(records[0].data), /hi/);
    },
  );
  await call(
    "ApiClient.appendToSessionStream",
    () => client().appendToSessionStream("chat-1", "out", JSON.stringify({ text: "raw" })),
    ({ ok }) => equal(ok, true),
  );
  await call(
    "ApiClient.initializeSessionStream",
    () => client().initializeSessionStream("chat-1", "out"),
    ({ version, headers }) => {
      equal(version, "v2");
      ok(headers["x-s2-stream-name"].endsWith("/sessions/chat-1/out"));
    },
  );
  await call(
    "SessionOutputChannel.read",
    () => all(session.out.read({ timeoutInSeconds: 1 }), 1),
    (found) => match(JSON.stringify(found), /raw/),
  );
  const side = await call(
    "SessionHandle.channel",
    async () => session.channel(sessions.defineChannel("side")),
    ({ name }) => equal(name, "side"),
  );
  await call("SessionInputChannel.send (side)", () => side.in.send({ text: "aside" }));
  await call(
    "ApiClient.subscribeToSessionStream",
    async () => all(client().subscribeToSessionStream("chat-1", "in", { channel: "side" }), 1),
    (found) => match(JSON.stringify(found), /aside/),
  );
  await call(
    "ApiClient.createSessionStreamWaitpoint",
    () => client().createSessionStreamWaitpoint(started.runId, { session: "chat-1", io: "in", timeout: "1h" }),
    ({ waitpointId, isCached }) => {
      match(waitpointId, /^waitpoint_/);
      equal(isCached, false);
    },
  );
  await call(
    "ApiClient.createChatSnapshotUploadUrl",
    () => client().createChatSnapshotUploadUrl("chat-1"),
    async ({ presignedUrl }) => equal((await fetch(presignedUrl, { method: "PUT", body: "{}" })).status, 200),
  );
  await call(
    "ApiClient.getChatSnapshotUrl",
    () => client().getChatSnapshotUrl("chat-1"),
    async ({ presignedUrl }) => equal(await (await fetch(presignedUrl)).text(), "{}"),
  );
  await call(
    "ApiClient.getSessionTranscript",
    () => client().getSessionTranscript("chat-1", { limit: 2 }),
    ({ messages }) => equal(messages.length, 1),
  );
  await call(
    "ApiClient.endAndContinueSession",
    () => client().endAndContinueSession("chat-1", { callingRunId: started.runId, reason: "upgrade" }),
    async ({ runId, swapped }) => {
      ok(swapped && runId !== started.runId);
      equal((await sessions.retrieve("chat-1")).currentRunId, runId);
    },
  );
  await call(
    "sessions.close",
    () => sessions.close("chat-1", { reason: "done" }),
    (closed) => {
      equal(closed.closedReason, "done");
      ok(closed.closedAt instanceof Date);
    },
  );
  await refused(
    "sessions.start (closed)",
    () =>
      sessions.start(
        { type: "chat.agent", externalId: "chat-1", taskIdentifier: "live", triggerConfig: { basePayload: {} } },
        { retry: { maxAttempts: 1 } },
      ),
    core.ConflictError,
    409,
    /closed/,
  );
  await refused("sessions.retrieve (unknown)", () => sessions.retrieve("none"), core.NotFoundError, 404, /not found/i);
}
