// A page of another origin that follows runs with the hooks of Trigger.dev. What it is to show comes as JSON in its fragment.
import { createRoot } from "react-dom/client";
import {
  TriggerAuthContext,
  useInputStreamSend,
  useRealtimeBatch,
  useRealtimeRun,
  useRealtimeRunsWithTag,
  useRealtimeRunWithStreams,
  useRealtimeStream,
  useRun,
  useTaskTrigger,
  useWaitToken,
} from "@trigger.dev/react-hooks";

const { baseURL, tokens, batchId, waitTokenId } = JSON.parse(decodeURIComponent(location.hash.substring(1)));

function Failure({ of, name }) {
  return of ? <p className="failure">{name}: {String(of)}</p> : null;
}

function Trigger() {
  const { submit, handle, isLoading, error } = useTaskTrigger("order", { accessToken: tokens.trigger });
  return (
    <section>
      <button id="trigger" disabled={isLoading} onClick={() => submit({ waitTokenId }, { tags: ["page"], metadata: { step: "new" } })}>
        Trigger
      </button>
      <p id="handle">{handle?.id}</p>
      <Failure of={error} name="useTaskTrigger" />
      {handle && <Run id={handle.id} accessToken={handle.publicAccessToken} />}
    </section>
  );
}

function Run({ id, accessToken }) {
  const { run, error } = useRealtimeRun(id, { accessToken, onComplete: (done) => (document.title = "over: " + done.status) });
  const { parts, error: streamError } = useRealtimeStream(id, "steps", { accessToken: tokens.read });
  const { streams, error: streamsError } = useRealtimeRunWithStreams(id, { accessToken: tokens.read });
  const { send, error: sendError } = useInputStreamSend("remark", id, { accessToken: tokens.write });
  const { complete, isCompleted, error: waitError } = useWaitToken(waitTokenId, { accessToken: tokens.wait });
  const { run: polled, error: pollError } = useRun(id, { accessToken: tokens.read, refreshInterval: 200 });
  return (
    <>
      <p id="run">{run?.status} {run?.metadata?.step} {run?.tags?.join()} {JSON.stringify(run?.payload)} {JSON.stringify(run?.output)}</p>
      <p id="polled">{polled?.status} {JSON.stringify(polled?.output)}</p>
      <p id="stream">{JSON.stringify(parts)}</p>
      <p id="streams">{JSON.stringify(streams.steps)}</p>
      <button id="send" onClick={() => send({ text: "gift" })}>Send</button>
      <button id="complete" onClick={() => complete({ approved: true })}>Complete</button>
      <p id="completed">{String(isCompleted)}</p>
      <Failure of={error} name="useRealtimeRun" />
      <Failure of={streamError} name="useRealtimeStream" />
      <Failure of={streamsError} name="useRealtimeRunWithStreams" />
      <Failure of={sendError} name="useInputStreamSend" />
      <Failure of={waitError} name="useWaitToken" />
      <Failure of={pollError} name="useRun" />
    </>
  );
}

function Many() {
  const { runs: tagged, error: tagError } = useRealtimeRunsWithTag("page");
  const { runs: batch, error: batchError } = useRealtimeBatch(batchId);
  return (
    <section>
      <p id="tagged">{tagged.map((run) => run.status + " " + run.tags.join()).join("; ")}</p>
      <p id="batch">{batch.map((run) => run.status + " " + JSON.stringify(run.output)).join("; ")}</p>
      <Failure of={tagError} name="useRealtimeRunsWithTag" />
      <Failure of={batchError} name="useRealtimeBatch" />
    </section>
  );
}

function Missing() {
  const { error } = useRealtimeRun("run_cm5abcdefgh0123456789012", { accessToken: tokens.trigger });
  return <p id="missing">{String(error)}</p>;
}

createRoot(document.getElementById("root")).render(
  <TriggerAuthContext.Provider value={{ accessToken: tokens.read, baseURL }}>
    <Trigger />
    <Many />
    <Missing />
  </TriggerAuthContext.Provider>
);
