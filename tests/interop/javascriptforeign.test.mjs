// The client for JavaScript against a server that speaks the dialogue:* events as the original does: no acks, no offsets, no
// recovery.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, afterEach, before, describe, it } from "node:test";
import { closeClients, failure, makeClient, next, recorded, texts, until } from "./support/javascriptclient.mjs";

describe("the client for JavaScript, with a server without acks", { concurrency: false }, () => {
  let server;
  let url;
  before(async () => {
    server = spawn(process.execPath, [new URL("../client/foreign-server.mjs", import.meta.url).pathname], { stdio: ["pipe", "pipe", "inherit"] });
    const [port] = await once(server.stdout, "data");
    url = `http://127.0.0.1:${Number(String(port))}`;
  });
  after(async () => {
    server.stdin.end();
    await once(server, "exit");
  });
  afterEach(closeClients);
  const client = (userId, options) => makeClient(url, userId, options);

  for (const transport of ["websocket", "polling"]) {
    it(`talks (${transport})`, async () => {
      const ann = client("ann", { transports: [transport] });
      const chat = await ann.join("chat");
      assert.deepEqual([ann.userId, chat.roomName, chat.position], ["ann", "Chat", { epoch: "", offset: 0 }]);
      const heard = recorded(chat);
      const receipt = await chat.trigger("message", { text: "hi" });
      assert.deepEqual(Object.keys(receipt), ["id"]); // Sent, which is all there is to know.
      await until(() => heard.length === 1, "the message");
      assert.equal(heard[0].from, "ann");
      await chat.leave();
      assert.deepEqual([ann.outboxSize, ann.errors], [0, []]);
    });

    it(`holds what waits to be sent within its bounds, and says so (${transport})`, async () => {
      const ann = client("ann", { transports: [transport], outbox: { messages: 3, bytes: 10_000 } });
      const chat = await ann.join("chat");
      const heard = recorded(chat);
      const sizes = [];
      ann.onOutboxChanged((waiting) => sizes.push(waiting));
      const sent = ["a", "b", "c"].map((text) => chat.trigger("message", { text }));
      assert.equal(ann.outboxSize, 3);
      assert.match((await failure(chat.trigger("message", { text: "d" }))).message, /outbox\.messages/);
      await Promise.all(sent);
      await until(() => sizes.at(-1) === 0, "an outbox that is empty");
      assert.ok(sizes.includes(3), String(sizes));
      assert.match((await failure(chat.trigger("message", { text: "x".repeat(10_000) }))).message, /outbox\.bytes/);
      await until(() => heard.length === 3, "all messages");
      assert.deepEqual(texts(heard), ["a", "b", "c"]);
    });
  }

  it("finds the requests that errors are about", async () => {
    const ann = client("ann");
    assert.equal((await failure(ann.join("nowhere"))).code, "ROOM_NOT_FOUND");
    assert.equal((await failure(ann.createRoom({ id: "chat", name: "Chat" }))).code, "ROOM_EXISTS");
    assert.equal((await failure(ann.deleteRoom("chat"))).code, "PERMISSION_DENIED");
    const chat = await ann.join("chat");
    const told = next((handler) => ann.onError(handler));
    await chat.trigger("message");
    assert.equal((await told)[0].code, "VALIDATION_FAILED");
  });

  it("has rooms and history", async () => {
    const ann = client("ann");
    assert.equal((await ann.createRoom({ id: "den", name: "Den" })).createdById, "ann");
    assert.deepEqual((await ann.listRooms()).map(({ id }) => id), ["chat", "den"]);
    const den = await ann.join("den");
    await den.trigger("message", { text: "one" });
    assert.deepEqual((await den.getHistory("message", 0, 1)).map(({ data }) => data.text), ["one"]);
    await ann.deleteRoom("den");
  });

  it("joins and subscribes again, and owns up to the gap", async () => {
    const ann = client("ann");
    const chat = await ann.join("chat", { subscriptions: ["typing"] });
    const heard = recorded(chat);
    const gap = next((handler) => chat.onGap(handler));
    chat.trigger("drop", true).catch(() => {}); // It may be told of the connection first.
    assert.deepEqual((await gap)[0], { from: 0, to: 0, isNewLog: false, reason: "unrecoverable" });
    await chat.trigger("typing", true);
    await until(() => heard.length === 1, "typing");
    await chat.subscribeAll();
    await chat.trigger("cup", true);
    await until(() => heard.length === 2, "what all are subscribed to");
  });

  it("fails what was on its way when the connection is lost, rather than to apply it twice", async () => {
    const ann = client("ann");
    const chat = await ann.join("chat");
    const sent = chat.trigger("message", { text: "once" });
    ann.disconnect();
    assert.match((await failure(sent)).message, /nobody knows/);
    assert.equal(ann.outboxSize, 0);
  });

  it("checks the connection", async () => {
    const ann = client("ann", { timeouts: { check: 200 } });
    await ann.connect();
    ann.checkConnection();
    await ann.listRooms();
    await ann.listRooms();
    assert.deepEqual([ann.state, ann.errors], ["connected", []]);
  });
});
