// The functions of the official client that are not called here, and why.
import { called, functions } from "./client.mjs";

const INSIDE = "only inside of a task";
const DECLARES = "declares or configures something without a call";
const VERIFIES = "verifies or declares a webhook without a call";
const INTERNAL = "a part of other functions";

const LEFT_OUT = [
  [/^(metadata|heartbeats|locals|logger|otel|usage|tags|retry)\./, INSIDE],
  [/^tasks\.(triggerAndWait|triggerAndSubscribe|batchTriggerAndWait)$/, INSIDE],
  [/^batch\.(triggerAndWait|triggerByTaskAndWait)$/, INSIDE],
  [/^wait\.(for|until|forToken)$|^waitUntil$|^webhooks\.waiter\.wait$/, INSIDE],
  [/^streams\.(append|pipe|writer)$|^streams\.define\(\)\.(append|pipe|writer)$/, INSIDE],
  [
    /^SessionOutputChannel\.(append|pipe|writer|writeControl|trimTo|reset)$/,
    "writes to the store of streams by itself, as only tasks do",
  ],
  [/^streams\.input\(\)\.(on|once|peek|wait|waitWithIdleTimeout)$/, INSIDE],
  [/^SessionInputChannel\.(on|once|peek|lastDispatchedSeqNum|awaitWake|wait|waitWithIdleTimeout)$/, INSIDE],
  [/^(markChatAgentRunForStreamsWarning|chatEvent|isChatChunkTooLargeError)$/, INSIDE],
  [/^ApiClient\.waitForDuration$/, "belongs to the worker, as the server has it for workers only"],
  [/^auth\.getOIDCToken$/, "asks the provider of the machine, not the server"],
  [/^tasks\.(on[A-Z]\w+|handleError|catchError|middleware)$/, DECLARES],
  [
    /^(concurrencyLimit|createCache|defineConfig|defineWebhookEndpoint|queue|schemaTask|toolTask|webhook|normalizeKeyString)$/,
    DECLARES,
  ],
  [/^(prompts\.define|skills\.define)$/, DECLARES],
  [/^(task|schedules\.task)\(\)\.(triggerAndWait|triggerAndSubscribe|batchTriggerAndWait)$/, INSIDE],
  [/^(webhooks|webhookSources|providerProducers)\.(?!waiter)/, VERIFIES],
  [/^__setSession\w+ForTests$/, INTERNAL],
  [/^ApiClient\.(getAccessToken|getAuthenticationHeaders|getHeaders)$/, INTERNAL],
  [/^ApiClient\.getRunMetadata$/, "refuses the text that servers respond with: a bug of the SDK"],
  [/^envvars\.update$/, "throws a ReferenceError outside of a task: a bug of the SDK"],
];

/** What is neither called nor left out, and what is left out in vain. */
export function surface() {
  const missing = [...functions].filter((name) => !called.has(name) && !LEFT_OUT.some(([pattern]) => pattern.test(name)));
  const needless = [...called].filter((name) => LEFT_OUT.some(([pattern, reason]) => reason !== INTERNAL && pattern.test(name)));
  const stale = LEFT_OUT.filter(([pattern]) => ![...functions].some((name) => pattern.test(name))).map(([pattern]) =>
    String(pattern),
  );
  return { functions: functions.size, called: called.size, missing, needless, stale };
}
