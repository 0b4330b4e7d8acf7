// npm socket.io-client, unmodified: over websocket only, polling only, and polling with an upgrade.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Manager } from "socket.io-client";
import { RecordingClient, connectClient, startDialogueServer } from "./support/dialogue.mjs";
import { startConformanceServer } from "./support/process.mjs";
import { sleep } from "./support/websocket.mjs";

const ways = {
  "websocket only": ["websocket"],
  "polling only": ["polling"],
  "polling, then upgrade": ["polling", "websocket"],
};

describe("the conformance server", () => {
  let server;
  before(async () => (server = await startConformanceServer("socketio")));
  after(() => server?.stop());

  for (const [name, transports] of Object.entries(ways)) {
    describe(name, () => {
      const connect = (options = {}, namespace = "/") =>
        new RecordingClient(server.url + namespace, { transports, ...options });

      it("hands over the auth object", async () => {
        const client = connect({ auth: { token: "123", nested: { list: [1, null, "\u00e9\u{1f600}"] } } });
        assert.deepEqual(await client.next("auth"), { token: "123", nested: { list: [1, null, "\u00e9\u{1f600}"] } });
        client.close();
      });
      it("hands over an empty auth object", async () => {
        const client = connect();
        assert.deepEqual(await client.next("auth"), {});
        client.close();
      });
      it("joins a custom namespace beside the main one, on one connection", async () => {
        const manager = new Manager(server.url, { transports, reconnection: false });
        const main = new RecordingClient(manager.socket("/"));
        const custom = new RecordingClient(manager.socket("/custom", { auth: { a: 1 } }));
        assert.deepEqual(await custom.next("auth"), { a: 1 });
        await main.next("auth");
        custom.close();
        assert.deepEqual(await main.ask("message-with-ack", "still here"), "still here");
        main.close();
      });
      it("is told of an unknown namespace", async () => {
        const client = connect({}, "/nowhere");
        assert.equal((await client.next("connect_error")).message, "Invalid namespace");
        client.close();
      });
      it("gets acks", async () => {
        const client = connect();
        await client.next("connect");
        const values = [1, "two", { three: [true, null] }, []];
        const answer = await new Promise((resolve) =>
          client.emit("message-with-ack", ...values, (...args) => resolve(args)));
        assert.deepEqual(answer, values);
        client.close();
      });
      it("sends and receives binary, in events and acks, deep inside too", async () => {
        const client = connect();
        await client.next("connect");
        const value = { name: "picture", parts: [Buffer.from([0, 1, 254, 255]), { more: Buffer.alloc(70_000, 7) }] };
        client.emit("message", value);
        assert.deepEqual(await client.next("message-back"), value);
        assert.deepEqual(await client.ask("message-with-ack", value), value);
        client.close();
      });
      it("keeps the order of many messages", async () => {
        const client = connect();
        await client.next("connect");
        for (let i = 0; i < 500; i++) client.emit("message", i);
        for (let i = 0; i < 500; i++) assert.equal(await client.next("message-back"), i);
        client.close();
      });
      it("stays connected over several heartbeats", async () => {
        const client = connect();
        await client.next("connect");
        let pings = 0;
        client.socket.io.engine.on("ping", () => pings++);
        while (pings < 3 && client.socket.connected) await sleep(20);
        assert.equal(client.count("disconnect"), 0);
        assert.equal(await client.ask("message-with-ack", "alive"), "alive");
        client.close();
      });
      it("disconnects from the server and connects again", async () => {
        const client = connect();
        await client.next("auth");
        client.close();
        assert.equal(await client.next("disconnect"), "io client disconnect");
        client.socket.connect();
        await client.next("auth");
        client.close();
      });
      it("reconnects by itself when the connection is cut", async () => {
        const client = connect({ reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 50 });
        await client.next("auth");
        const before = client.socket.id;
        client.socket.io.engine.close();
        await client.next("disconnect");
        await client.next("auth");
        assert.notEqual(client.socket.id, before);
        client.close();
      });
    });
  }

  it("upgrades, and loses and doubles nothing on the way", async () => {
    const client = new RecordingClient(server.url, { transports: ["polling", "websocket"] });
    let sent = 0;
    const send = () => client.emit("message", sent++);
    const sender = setInterval(send, 1);
    await new Promise((resolve) => client.socket.io.once("open", resolve));
    const { engine } = client.socket.io;
    assert.equal(engine.transport.name, "polling");
    for (const event of ["upgrading", "upgrade"]) engine.on(event, send);
    await new Promise((resolve) => engine.once("upgrade", resolve));
    clearInterval(sender);
    client.emit("message", "last");
    for (let i = 0; i < sent; i++) assert.equal(await client.next("message-back"), i);
    assert.equal(await client.next("message-back"), "last");
    client.close();
  });
});

describe("dialogue-server", () => {
  let server;
  before(async () => (server = await startDialogueServer()));
  after(() => server?.stop());

  for (const [name, transports] of Object.entries(ways)) {
    it(`${name}: clients meet in a room`, async () => {
      const ann = await connectClient(server, `ann ${name}`, { transports });
      const ben = await connectClient(server, `ben ${name}`);
      await ann.ask("dialogue:join", { roomId: "chat" });
      await ben.ask("dialogue:join", { roomId: "chat" });
      ann.emit("dialogue:trigger", { roomId: "chat", event: "message", data: { text: "hello" } });
      for (const client of [ann, ben]) {
        const event = await client.next("dialogue:event");
        assert.deepEqual([event.data, event.from], [{ text: "hello" }, `ann ${name}`]);
      }
      ann.close();
      ben.close();
    });
  }

  it("serves clients again after a restart, without their doing", async () => {
    const first = await startDialogueServer();
    const client = new RecordingClient(first.url, {
      reconnection: true, reconnectionDelay: 20, reconnectionDelayMax: 100, auth: { userId: "ann" },
    });
    await client.next("dialogue:connected");
    assert.equal(await first.stop(), 0);
    await client.next("disconnect");
    const second = await startDialogueServer({}, { port: first.port });
    assert.equal((await client.next("dialogue:connected")).userId, "ann");
    client.close();
    await second.stop();
  });
});
