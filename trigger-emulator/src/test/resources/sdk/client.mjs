// The official client, and what reports its calls: one line of JSON for each, with its name and why it failed. Notices
// which functions of the client are called.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const modules = createRequire(process.argv[2] + "/");
const load = (name) => import(pathToFileURL(modules.resolve(name)).href.replace("/commonjs/", "/esm/"));
const loaded = await load("@trigger.dev/sdk");

export const core = await load("@trigger.dev/core/v3");
export const project = process.env.PROJECT_REF;
export const { equal, deepEqual, match, ok } = assert;

export const functions = new Set();
export const called = new Set();

const isClass = (value) => typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));
// what these return has functions of its own that make calls
const FACTORIES = new Set(["streams.input", "streams.define", "task", "schedules.task"]);

function noticed(path, action) {
  functions.add(path);
  return function (...args) {
    called.add(path);
    const result = action.apply(this, args);
    return FACTORIES.has(path) ? copyOf(result, `${path}()`) : result;
  };
}

function namesOf(object) {
  const names = new Set(Object.getOwnPropertyNames(object));
  for (
    let parent = Object.getPrototypeOf(object);
    parent && parent !== Object.prototype;
    parent = Object.getPrototypeOf(parent)
  ) {
    Object.getOwnPropertyNames(parent).forEach((name) => names.add(name));
  }
  names.delete("constructor");
  return names;
}

function copyOf(object, path) {
  const copy = {};
  for (const name of namesOf(object)) {
    const value = object[name];
    const place = path ? `${path}.${name}` : name;
    if (isClass(value)) {
      copy[name] = value;
    } else if (typeof value === "function") {
      copy[name] = noticed(place, path ? value.bind(object) : value);
    } else {
      copy[name] = value && typeof value === "object" ? copyOf(value, place) : value;
    }
  }
  return copy;
}

function noticeMethods(type, path) {
  for (const name of Object.getOwnPropertyNames(type.prototype)) {
    const { value } = Object.getOwnPropertyDescriptor(type.prototype, name);
    if (name !== "constructor" && typeof value === "function") {
      type.prototype[name] = noticed(`${path}.${name}`, value);
    }
  }
}

export const sdk = copyOf(loaded, "");
noticeMethods(core.ApiClient, "ApiClient");
noticeMethods(loaded.SessionHandle, "SessionHandle");
noticeMethods(loaded.SessionInputChannel, "SessionInputChannel");
noticeMethods(loaded.SessionOutputChannel, "SessionOutputChannel");

/** The client below the functions, for what no function does outside of a task. */
export const client = (key = process.env.TRIGGER_SECRET_KEY, branch = undefined) =>
  new core.ApiClient(process.env.TRIGGER_API_URL, key, branch, { retry: { maxAttempts: 1 } });

const report = (name, error) =>
  console.log(JSON.stringify({ name, ok: !error, ...(error && { error: String(error.stack ?? error) }) }));

/** Make a call, and check what it returned. */
export async function call(name, action, check = () => {}) {
  let result;
  try {
    result = await within(action);
    await check(result);
    report(name);
  } catch (error) {
    report(name, error);
  }
  return result;
}

/** Make a call that is refused. */
export async function refused(name, action, type, status, message) {
  await call(name, async () => {
    try {
      await action();
    } catch (error) {
      ok(error instanceof type, `${error.constructor.name}: ${error.message}`);
      equal(error.status, status);
      message instanceof RegExp ? match(error.message, message) : equal(error.message, message);
      return;
    }
    assert.fail("nothing was refused");
  });
}

async function within(action) {
  let timer;
  const late = new Promise((resolve, reject) => (timer = setTimeout(() => reject(new Error("hangs")), 30_000)));
  try {
    return await Promise.race([action(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** All items of all pages, of the beginning of a stream. */
export async function all(items, most = Infinity) {
  const found = [];
  for await (const item of await items) {
    found.push(item);
    if (found.length === most) {
      break;
    }
  }
  return found;
}

/** Check the members that are expected, and no others: a pattern is one for texts. */
export function holds(actual, expected, place = "it") {
  if (expected instanceof RegExp) {
    match(String(actual), expected, `${place}: ${actual}`);
  } else if (expected && typeof expected === "object" && !(expected instanceof Date)) {
    ok(actual && typeof actual === "object", `${place} is ${actual}`);
    if (Array.isArray(expected)) {
      equal(actual.length, expected.length, `${place} has ${actual.length} items: ${JSON.stringify(actual)}`);
    }
    for (const [name, value] of Object.entries(expected)) {
      holds(actual[name], value, `${place}.${name}`);
    }
  } else {
    deepEqual(actual, expected, `${place} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
  }
}

export const ids = (items) => items.map((item) => item.id);
export const sameItems = (actual, expected) => deepEqual([...actual].sort(), [...expected].sort());
