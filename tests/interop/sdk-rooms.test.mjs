// The rooms there are, their history, and how requests are answered, as the original's JavaScript SDK goes about it.
import assert from "node:assert/strict";
import { connect, join, joined, runTests, say, settle, sizeOf, test, trigger } from "./support/sdk.mjs";

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

// Last: all clients are one address, and have one limit.
test("getHistory is limited, and says when to come again", async () => {
  const ann = await joined("ann");
  for (let i = 0; i < 21; i++) ann.emit("dialogue:getHistory", { roomId: "chat", eventName: "message" });
  const error = await ann.next("dialogue:error");
  assert.equal(error.code, "RATE_LIMITED");
  assert.ok(error.retryAfter > 0, JSON.stringify(error));
});

runTests("rooms and requests as the original's SDK has them");
