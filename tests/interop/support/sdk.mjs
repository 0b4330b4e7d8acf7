// What the original's JavaScript SDK does, and in its way: it emits an event without an ack and waits for the reply
// event (docs/protocol.md). It is written on npm socket.io-client, as the SDK is. One server for the tests of a file.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { connectClient, startDialogueServer } from "./dialogue.mjs";

let server;
let clients;
let observer; // in no room
before(async () => {
  server = await startDialogueServer();
  observer = await connectClient(server, "observer");
});
after(async () => {
  observer?.close();
  await server?.stop();
});

const tests = [];
/** A test whose clients its end disconnects. */
export const test = (name, run) => tests.push([name, run]);

/** At the end of a file: its tests, one after the other, each beginning with nobody in the chat. */
export function runTests(title) {
  describe(title, { concurrency: false }, () => {
    beforeEach(async () => {
      clients = [];
      // Until the server has noticed that the last test's clients are gone.
      while ((await sizeOf(observer, "chat")) !== 0) await new Promise((resolve) => setTimeout(resolve, 10));
    });
    for (const [name, run] of tests) {
      it(name, async () => {
        try {
          await run();
        } finally {
          for (const client of clients) client.close();
        }
      });
    }
  });
}

export const serverUrl = () => server.url;

/** A client that the end of the test disconnects. */
export function keep(client) {
  clients.push(client);
  return client;
}

/** The same, and connected. */
export async function connect(userId, options) {
  return keep(await connectClient(server, userId, options));
}

export async function join(client, roomId) {
  client.emit("dialogue:join", { roomId });
  const joined = await client.next("dialogue:joined");
  assert.equal(joined.roomId, roomId);
  return joined;
}

export async function joined(userId, roomId = "chat") {
  const client = await connect(userId);
  await join(client, roomId);
  return client;
}

export const trigger = (client, event, data, roomId = "chat") => client.emit("dialogue:trigger", { roomId, event, data });
export const say = (client, text, roomId) => trigger(client, "message", { text }, roomId);

/** Everything sent to `client` before this resolves has arrived. */
export async function settle(client) {
  client.emit("dialogue:listRooms");
  return client.next("dialogue:rooms");
}

export const sizeOf = async (client, roomId) => (await settle(client)).find(({ id }) => id === roomId)?.size;
