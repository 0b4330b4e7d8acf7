// Who a client is and which rooms it is in, as the original's JavaScript SDK goes about it.
import assert from "node:assert/strict";
import { RecordingClient } from "./support/dialogue.mjs";
import { connect, join, joined, keep, runTests, say, serverUrl, settle, sizeOf, test } from "./support/sdk.mjs";

test("connect: the first event says who we are", async () => {
  const client = keep(new RecordingClient(serverUrl(), { auth: { userId: "ann" } }));
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

runTests("joining as the original's SDK does it");
