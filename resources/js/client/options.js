import { DialogueError } from "./errors.js";

const wrong = (path, message) => new DialogueError("CONFIG_ERROR", `${path}: ${message}`, { path });
const described = (value) => (value === null ? "null" : Array.isArray(value) ? "an array" : typeof value === "object" ? "an object" : JSON.stringify(value) ?? String(value));

const must = (what, isGood) => (path, value) => {
  if (!isGood(value)) throw wrong(path, `must be ${what}, not ${described(value)}`);
  return value;
};
const whole = (least) => must(`a whole number of at least ${least}`, (value) => Number.isSafeInteger(value) && value >= least);
const longest = 2 ** 31 - 1; // A timer of more would not wait at all.
const milliseconds = (least) => must(`a number of milliseconds from ${least} to ${longest}`, (value) => Number.isFinite(value) && value >= least && value <= longest);
const flag = must("true or false", (value) => typeof value === "boolean");
const text = must("text", (value) => typeof value === "string");
const func = must("a function", (value) => typeof value === "function");
const share = must("a number from 0 to 1", (value) => Number.isFinite(value) && value >= 0 && value <= 1);
const object = must("an object", (value) => typeof value === "object" && value !== null && !Array.isArray(value));
const auth = must("an object, or a function that gives one", (value) => typeof value === "function" || (typeof value === "object" && value !== null && !Array.isArray(value)));
const transports = must(
  'a list of "websocket" and "polling"',
  (value) => Array.isArray(value) && value.length > 0 && value.every((each) => each === "websocket" || each === "polling"),
);

// Key: [what it must be, and what it is when left out]. As ClientConfig of the Qt client.
const timeouts = {
  connect: [milliseconds(1), 10_000], // an attempt, up to the server's greeting
  request: [milliseconds(1), 10_000], // from the call to the answer; where there is no connection, from when there is one
  waiting: [milliseconds(0), 0], // for a connection before that; 0: as long as it takes
  check: [milliseconds(1), 5000], // for a sign of life, after checkConnection()
  trigger: [milliseconds(1), 120_000], // a trigger, time in the outbox included
};
const outbox = {
  messages: [whole(1), 1000],
  bytes: [whole(1), 4_194_304],
  brokenConnections: [whole(0), 20], // that broke in a row with one and the same trigger on its way; 0: no number
};
const limits = {
  requests: [whole(1), 256], // of the server, that wait for what a handler of onRequest() answers
};
const fields = {
  url: [text, undefined],
  path: [text, undefined],
  auth: [auth, {}],
  io: [func, undefined],
  socket: [object, {}],
  transports: [transports, ["websocket", "polling"]],
  autoConnect: [flag, true],
  reconnection: [flag, true],
  reconnectionAttempts: [whole(0), 0], // before giving up; 0: never
  reconnectionDelay: [milliseconds(1), 1000],
  reconnectionDelayMax: [milliseconds(1), 5000],
  reconnectionJitter: [share, 1], // of a delay, that chance decides
  timeouts: [timeouts],
  outbox: [outbox],
  limits: [limits],
};

function read(table, given, where) {
  object(where || "options", given);
  const place = (key) => (where ? `${where}.${key}` : key);
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(table, key)) throw wrong(place(key), `is no option; known here: ${Object.keys(table).join(", ")}`);
  }
  return Object.fromEntries(Object.entries(table).map(([key, [check, otherwise]]) => {
    const value = given[key];
    if (typeof check === "object") return [key, read(check, value ?? {}, place(key))];
    return [key, value === undefined ? otherwise : check(place(key), value)];
  }));
}

/** Where Socket.IO's endpoint is: {url, path}. A path of the url is the endpoint's; for Socket.IO's own client it would be a namespace. */
function endpoint({ url = globalThis.location?.origin, path }) {
  if (url === undefined) throw wrong("url", 'is missing; it is the server\'s, such as "http://127.0.0.1:3000"');
  let parsed;
  try {
    parsed = new URL(url, globalThis.location?.href);
  } catch (cause) {
    throw new DialogueError("CONFIG_ERROR", `url: ${JSON.stringify(url)} is no URL; one is "http://127.0.0.1:3000"`, { path: "url", cause });
  }
  if (!/^(https?|wss?):$/.test(parsed.protocol)) throw wrong("url", `must begin with http, https, ws or wss, not ${parsed.protocol}`);
  if (parsed.username || parsed.password) throw wrong("url", "must name no user and password; who this client is stands in auth");
  const own = parsed.pathname === "/" ? undefined : parsed.pathname;
  return { url: `${parsed.protocol}//${parsed.host}/${parsed.search}`, path: path ?? own ?? "/socket.io/" };
}

/** All options, those that were left out too. Throws CONFIG_ERROR with the path of what is wrong. */
export function readOptions(given = {}) {
  const options = read(fields, given, "");
  return Object.freeze({ ...options, ...endpoint(options) });
}
