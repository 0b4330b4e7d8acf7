// The client of resources/js, for tests: which are told of what nobody else would be, and at whose end it is closed.
import { io } from "socket.io-client";
import { DialogueClient } from "../../../resources/js/client.js";

export { DialogueClient };
export { DialogueError } from "../../../resources/js/client.js";

const clients = new Set();

/** A client that closeClients() closes; `errors` has what it was told by onError(). */
export function makeClient(url, userId, options = {}) {
  const client = new DialogueClient({
    url, io, auth: { userId }, transports: ["websocket"], reconnectionDelay: 20, reconnectionDelayMax: 100, ...options,
  });
  client.errors = [];
  client.onError((error) => client.errors.push(error));
  clients.add(client);
  return client;
}

export function closeClients() {
  for (const client of clients) client.close();
  clients.clear();
}

/** Waits until it is so; fails with `what` otherwise. */
export async function until(isSo, what, timeout = 15_000) {
  for (const deadline = Date.now() + timeout; !(await isSo()); await new Promise((resolve) => { setTimeout(resolve, 5); })) {
    if (Date.now() > deadline) throw new Error(`not within ${timeout} ms: ${what}`);
  }
}

/** The next call of a handler that `add` takes, such as (handler) => room.onGap(handler): its arguments. */
export function next(add, timeout = 15_000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not told within ${timeout} ms: ${add}`)), timeout);
    const off = add((...args) => {
      off();
      clearTimeout(timer);
      resolve(args);
    });
  });
}

/** The error of a promise that is to fail. */
export async function failure(promise) {
  let value;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`did not fail, but gave ${JSON.stringify(value)}`);
}

/** What a room has said since, in order. */
export function recorded(room) {
  const heard = [];
  room.onAny((_, message) => heard.push(message));
  return heard;
}

export const texts = (messages) => messages.map(({ data }) => data.text);
