// What the original's JavaScript SDK does, and in its way: it emits an event without an ack and waits for the reply
// event (protocol section 3). It is written on npm socket.io-client, as the SDK is.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { RecordingClient, connectClient, startDialogueServer } from "./support/dialogue.mjs";

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
const test = (name, run) => tests.push([name, run]);

/** A connected client that the end of the test disconnects. */
async function connect(userId, options) {
  const client = await connectClient(server, userId, options);
  clients.push(client);
  return client;
}

async function join(client, roomId) {
  client.emit("dialogue:join", { roomId });
  const joined = await client.next("dialogue:joined");
  assert.equal(joined.roomId, roomId);
  return joined;
}

async function joined(userId, roomId = "chat") {
  const client = await connect(userId);
  await join(client, roomId);
  return client;
}

const trigger = (client, event, data, roomId = "chat") => client.emit("dialogue:trigger", { roomId, event, data });
const say = (client, text, roomId) => trigger(client, "message", { text }, roomId);

/** Everything sent to `client` before this resolves has arrived. */
async function settle(client) {
  client.emit("dialogue:listRooms");
  return client.next("dialogue:rooms");
}

const sizeOf = async (client, roomId) => (await settle(client)).find(({ id }) => id === roomId)?.size;

test("connect: the first event says who we are", async () => {
  const client = new RecordingClient(server.url, { auth: { userId: "ann" } });
  clients.push(client);
  const first = await new Promise((resolve) => client.socket.onAny((...event) => resolve(event)));
  assert.equal(first[0], "dialogue:connected");
  assert.equal(first[1].userId, "ann");
  assert.equal(typeof first[1].clientId, "string");
  assert.deepEqual(Object.keys(first[1]).sort(), ["clientId", "userId"]);
});

test("connect: a token stands for the user id where nothing authenticates", async () => {
  const client = await connect(undefined, { auth: { token: "user-jwt-token" } });
  assert.equal(client.userId, "user-jwt-token");
});

test("connect: without auth there is an id all the same, not shared", async () => {
  const [one, two] = [await connect(undefined, { auth: {} }), await connect(undefined, { auth: {} })];
  assert.ok(one.userId.length > 0);
  assert.notEqual(one.userId, two.userId);
  assert.notEqual(one.clientId, two.clientId);
});

test("join answers with the room's name, its epoch and its offset", async () => {
  const client = await connect("ann");
  const answer = await join(client, "chat");
  assert.equal(answer.roomName, "Chat");
  assert.ok(typeof answer.epoch === "string" && answer.epoch.length > 0);
  assert.ok(Number.isInteger(answer.offset) && answer.offset >= 0);
});

test("join again answers again, and counts once", async () => {
  const client = await connect("ann");
  await join(client, "chat");
  const size = await sizeOf(client, "chat");
  await join(client, "chat");
  assert.equal(await sizeOf(client, "chat"), size);
});

test("join a room that is not there", async () => {
  const client = await connect("ann");
  client.emit("dialogue:join", { roomId: "nowhere" });
  const error = await client.next("dialogue:error");
  assert.equal(error.code, "ROOM_NOT_FOUND");
  assert.ok(error.message.length > 0);
});

test("trigger reaches every subscriber, the sender too, in one envelope", async () => {
  const [ann, ben] = [await joined("ann"), await joined("ben")];
  const before = Date.now();
  trigger(ann, "message", { text: "hello", senderId: "ann" });
  const [own, other] = [await ann.next("dialogue:event"), await ben.next("dialogue:event")];
  assert.deepEqual(own, other);
  const { timestamp, offset, ...rest } = own;
  assert.deepEqual(rest, { event: "message", roomId: "chat", data: { text: "hello", senderId: "ann" }, from: "ann" });
  assert.ok(Number.isInteger(timestamp) && Math.abs(timestamp - before) < 60_000, String(timestamp));
  assert.ok(Number.isInteger(offset) && offset > 0);
});

test("trigger carries meta", async () => {
  const ann = await joined("ann");
  ann.emit("dialogue:trigger", { roomId: "chat", event: "message", data: { text: "x" }, meta: { a: [1] } });
  assert.deepEqual((await ann.next("dialogue:event")).meta, { a: [1] });
});

test("events come in one order, offsets one after the other", async () => {
  const [ann, ben] = [await joined("ann"), await joined("ben")];
  for (let i = 0; i < 50; i++) {
    say(ann, `a${i}`);
    say(ben, `b${i}`);
  }
  const seen = { ann: [], ben: [] };
  for (let i = 0; i < 100; i++) {
    seen.ann.push(await ann.next("dialogue:event"));
    seen.ben.push(await ben.next("dialogue:event"));
  }
  assert.deepEqual(seen.ann, seen.ben);
  seen.ann.forEach(({ offset }, i) => assert.equal(offset, seen.ann[0].offset + i));
  for (const name of ["ann", "ben"]) {
    const own = seen.ann.filter(({ from }) => from === name).map(({ data }) => data.text);
    assert.deepEqual(own, Array.from({ length: 50 }, (_, i) => `${name[0]}${i}`));
  }
});

test("an event without a subscription is not delivered; subscribe, subscribeAll and unsubscribe change that", async () => {
  const [ann, ben] = [await joined("ann"), await joined("ben")];
  const receives = async (event) => {
    trigger(ann, event, event === "message" ? { text: "x" } : {});
    say(ann, "end");
    const events = [];
    for (;;) {
      const got = await ann.next("dialogue:event");
      if (got.data.text === "end") break;
    }
    await settle(ben);
    while (ben.count("dialogue:event")) events.push((await ben.next("dialogue:event")).event);
    return events.includes(event) && (event !== "message" || events.length === 2);
  };
  assert.equal(await receives("typing"), false);
  ben.emit("dialogue:subscribe", { roomId: "chat", eventName: "typing" });
  await settle(ben);
  assert.equal(await receives("typing"), true);
  ben.emit("dialogue:unsubscribe", { roomId: "chat", eventName: "typing" });
  await settle(ben);
  assert.equal(await receives("typing"), false);
  ben.emit("dialogue:unsubscribe", { roomId: "chat", eventName: "message" });
  await settle(ben);
  assert.equal(await receives("message"), false);
  ben.emit("dialogue:subscribeAll", { roomId: "chat" });
  await settle(ben);
  assert.equal(await receives("typing"), true);
  assert.equal(await receives("message"), true);
});

test("a message that breaks the schema is refused, and says where and why", async () => {
  const [ann, ben] = [await joined("ann"), await joined("ben")];
  for (const data of [{ text: "" }, { text: "x".repeat(1001) }, { text: 1 }, {}, "text", null, [], { text: "x", senderId: 7 }]) {
    trigger(ann, "message", data);
    const error = await ann.next("dialogue:error");
    assert.equal(error.code, "VALIDATION_FAILED", JSON.stringify(data));
    assert.match(error.message, /data/);
  }
  trigger(ann, "message", { text: "" });
  assert.match((await ann.next("dialogue:error")).message, /data\.text: must have at least 1 character/);
  await settle(ben);
  assert.equal(ben.count("dialogue:event"), 0);
  assert.equal(ann.count("dialogue:event"), 0);
});

test("a thousand characters pass, whatever alphabet", async () => {
  const ann = await joined("ann");
  for (const character of ["x", "\u00e9", "\u20ac"]) {
    say(ann, character.repeat(1000));
    assert.equal((await ann.next("dialogue:event")).data.text, character.repeat(1000));
  }
});

test("an event the room does not declare", async () => {
  const ann = await joined("ann");
  trigger(ann, "shout", { text: "x" });
  assert.equal((await ann.next("dialogue:error")).code, "EVENT_NOT_ALLOWED");
});

test("trigger in a room that is not there, and without being in the room", async () => {
  const ann = await connect("ann");
  say(ann, "x", "nowhere");
  assert.equal((await ann.next("dialogue:error")).code, "ROOM_NOT_FOUND");
  say(ann, "x", "chat");
  assert.equal((await ann.next("dialogue:error")).code, "NOT_IN_ROOM");
});

test("malformed payloads are answered, and the connection goes on", async () => {
  const ann = await connect("ann");
  const requests = ["join", "leave", "subscribe", "unsubscribe", "subscribeAll", "trigger", "getHistory", "createRoom", "deleteRoom"];
  for (const request of requests) {
    for (const payload of [undefined, null, 7, "chat", [], {}, { roomId: 7 }, { roomId: "" }, { roomId: {} }]) {
      ann.emit(`dialogue:${request}`, ...(payload === undefined ? [] : [payload]));
      assert.equal((await ann.next("dialogue:error")).code, "INVALID_REQUEST", `${request} ${JSON.stringify(payload)}`);
    }
  }
  await settle(ann);
  assert.equal(ann.count("disconnect"), 0);
});

test("listRooms says what there is, and how many are in", async () => {
  const ann = await connect("ann");
  const before = await sizeOf(ann, "chat");
  await joined("ben");
  const room = (await settle(ann)).find(({ id }) => id === "chat");
  assert.deepEqual(room, { id: "chat", name: "Chat", size: before + 1, maxSize: 50 });
});

test("createRoom, trigger in it, deleteRoom: everyone hears of it, only the owner may", async () => {
  const [ann, ben] = [await connect("ann"), await connect("ben")];
  ann.emit("dialogue:createRoom", { id: "den", name: "Den", description: "Ours", maxSize: 2 });
  for (const client of [ann, ben]) {
    const room = await client.next("dialogue:roomCreated");
    assert.deepEqual(room, { id: "den", name: "Den", description: "Ours", size: 0, maxSize: 2, createdById: "ann" });
  }
  ben.emit("dialogue:createRoom", { id: "den", name: "Again" });
  assert.equal((await ben.next("dialogue:error")).code, "ROOM_EXISTS");
  await join(ann, "den");
  await join(ben, "den");
  const third = await connect("cid");
  third.emit("dialogue:join", { roomId: "den" });
  assert.equal((await third.next("dialogue:error")).code, "ROOM_FULL");
  for (const client of [ann, ben]) client.emit("dialogue:subscribeAll", { roomId: "den" });
  await settle(ben);
  trigger(ann, "move", { x: 1 }, "den");
  for (const client of [ann, ben]) assert.deepEqual((await client.next("dialogue:event")).data, { x: 1 });
  ben.emit("dialogue:deleteRoom", { roomId: "den" });
  assert.equal((await ben.next("dialogue:error")).code, "PERMISSION_DENIED");
  ann.emit("dialogue:deleteRoom", { roomId: "den" });
  for (const client of [ann, ben, third]) assert.deepEqual(await client.next("dialogue:roomDeleted"), { roomId: "den" });
  say(ann, "x", "den");
  assert.equal((await ann.next("dialogue:error")).code, "ROOM_NOT_FOUND");
  ann.emit("dialogue:deleteRoom", { roomId: "chat" });
  assert.equal((await ann.next("dialogue:error")).code, "PERMISSION_DENIED");
});

test("getHistory pages, the newest first", async () => {
  const ann = await joined("ann");
  for (let i = 0; i < 60; i++) say(ann, `${i}`);
  for (let i = 0; i < 60; i++) await ann.next("dialogue:event");
  const page = async (request) => {
    ann.emit("dialogue:getHistory", { roomId: "chat", eventName: "message", ...request });
    return ann.next("dialogue:historyResponse");
  };
  const all = await page({});
  assert.deepEqual([all.roomId, all.eventName, all.start, all.end], ["chat", "message", 0, 50]);
  assert.deepEqual(all.events.map(({ data }) => data.text), Array.from({ length: 50 }, (_, i) => `${59 - i}`));
  assert.deepEqual((await page({ start: 10, end: 13 })).events.map(({ data }) => data.text), ["49", "48", "47"]);
  assert.deepEqual((await page({ start: 45, end: 80 })).events.map(({ data }) => data.text), ["14", "13", "12", "11", "10"]);
  assert.deepEqual((await page({ start: 50, end: 60 })).events, []);
});

test("getHistory without being in the room", async () => {
  const ann = await connect("ann");
  ann.emit("dialogue:getHistory", { roomId: "chat", eventName: "message" });
  assert.equal((await ann.next("dialogue:error")).code, "NOT_IN_ROOM");
});

test("getHistory is limited, and says when to come again", async () => {
  const ann = await joined("ann");
  for (let i = 0; i < 21; i++) ann.emit("dialogue:getHistory", { roomId: "chat", eventName: "message" });
  const error = await ann.next("dialogue:error");
  assert.equal(error.code, "RATE_LIMITED");
  assert.ok(error.retryAfter > 0, JSON.stringify(error));
});

test("leave: no more events, and the place is free", async () => {
  const [ann, ben] = [await joined("ann"), await joined("ben")];
  const size = await sizeOf(ann, "chat");
  ben.emit("dialogue:leave", { roomId: "chat" });
  assert.deepEqual(await ben.next("dialogue:left"), { roomId: "chat" });
  assert.equal(await sizeOf(ann, "chat"), size - 1);
  say(ann, "gone");
  await ann.next("dialogue:event");
  await settle(ben);
  assert.equal(ben.count("dialogue:event"), 0);
  say(ben, "x");
  assert.equal((await ben.next("dialogue:error")).code, "NOT_IN_ROOM");
});

test("a disconnect frees the place", async () => {
  const [ann, ben] = [await joined("ann"), await joined("ben")];
  const size = await sizeOf(ann, "chat");
  ben.close();
  while ((await sizeOf(ann, "chat")) !== size - 1) await new Promise((resolve) => setTimeout(resolve, 20));
});

test("every request is acknowledged where an ack is asked for", async () => {
  const ann = await connect("ann");
  const answer = await ann.ask("dialogue:join", { roomId: "chat" });
  assert.equal(answer.ok, true);
  assert.equal(answer.roomName, "Chat");
  assert.equal((await ann.ask("dialogue:subscribe", { roomId: "chat", eventName: "typing" })).ok, true);
  assert.equal((await ann.ask("dialogue:unsubscribe", { roomId: "chat", eventName: "typing" })).ok, true);
  assert.equal((await ann.ask("dialogue:subscribeAll", { roomId: "chat" })).ok, true);
  assert.equal((await ann.ask("dialogue:trigger", { roomId: "chat", event: "message", data: { text: "x" } })).ok, true);
  const refused = await ann.ask("dialogue:trigger", { roomId: "chat", event: "message", data: { text: "" } });
  assert.equal(refused.ok, false);
  assert.equal(refused.error.code, "VALIDATION_FAILED");
  assert.match(refused.error.path, /text$/);
  const rooms = await ann.ask("dialogue:listRooms");
  assert.equal(rooms.ok, true);
  assert.equal((await ann.ask("dialogue:getHistory", { roomId: "chat", eventName: "message" })).ok, true);
  assert.equal((await ann.ask("dialogue:leave", { roomId: "chat" })).ok, true);
  assert.equal((await ann.ask("dialogue:join", { roomId: "nowhere" })).error.code, "ROOM_NOT_FOUND");
});

test("the same message id is applied once", async () => {
  const ann = await joined("ann");
  const request = { roomId: "chat", event: "message", data: { text: "once" }, id: `m-${Date.now()}` };
  const [first, second] = [await ann.ask("dialogue:trigger", request), await ann.ask("dialogue:trigger", request)];
  assert.deepEqual([first.ok, second.ok], [true, true]);
  await settle(ann);
  assert.equal((await ann.next("dialogue:event")).id, request.id);
  assert.equal(ann.count("dialogue:event"), 0);
});

test("join with since replays exactly what was missed", async () => {
  const [ann, ben] = [await joined("ann"), await connect("ben")];
  const { epoch } = await join(ben, "chat");
  say(ann, "seen");
  const { offset } = await ben.next("dialogue:event");
  ben.close();
  for (let i = 0; i < 5; i++) say(ann, `missed ${i}`);
  for (let i = 0; i < 6; i++) await ann.next("dialogue:event");
  const back = await connect("ben");
  back.emit("dialogue:join", { roomId: "chat", since: { epoch, offset } });
  assert.equal((await back.next("dialogue:joined")).recovered, true);
  for (let i = 0; i < 5; i++) {
    const event = await back.next("dialogue:event");
    assert.deepEqual([event.data.text, event.offset], [`missed ${i}`, offset + 1 + i]);
  }
  say(ann, "live");
  assert.equal((await back.next("dialogue:event")).data.text, "live");
  const stranger = await connect("cid");
  stranger.emit("dialogue:join", { roomId: "chat", since: { epoch: "another", offset } });
  assert.equal((await stranger.next("dialogue:joined")).recovered, false);
});

test("the room holds exactly as many as it says, also when all come at once", async () => {
  const ann = await connect("ann");
  ann.emit("dialogue:createRoom", { id: "bounded", name: "Bounded", maxSize: 10 });
  await ann.next("dialogue:roomCreated");
  const crowd = await Promise.all(Array.from({ length: 30 }, (_, i) => connect(`u${i}`)));
  const answers = await Promise.all(crowd.map((client) => client.ask("dialogue:join", { roomId: "bounded" })));
  assert.equal(answers.filter(({ ok }) => ok).length, 10);
  assert.ok(answers.every(({ ok, error }) => ok || error.code === "ROOM_FULL"));
  assert.equal(await sizeOf(ann, "bounded"), 10);
  ann.emit("dialogue:deleteRoom", { roomId: "bounded" });
  await ann.next("dialogue:roomDeleted");
});

describe("as the original's SDK does it", { concurrency: false }, () => {
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
