// permessage-deflate with ws, npm's WebSocket, by itself and below socket.io-client.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { deflateRawSync } from "node:zlib";
import { chatRoom, RecordingClient, startDialogueServer } from "./support/dialogue.mjs";
import { rawWebSocket } from "./support/deflate.mjs";
import { AwaitableWebSocket } from "./support/websocket.mjs";

const rooms = { chat: { ...chatRoom, events: ["message"], defaultSubscriptions: ["message"] } };
const agreed = /^permessage-deflate; server_no_context_takeover; client_no_context_takeover$/;
const text = JSON.stringify(Array.from({ length: 300 }, (_, i) => ({ id: i, name: `sensor-${i}`, state: "closed" })));

let server;
let clients = [];

const start = async (perMessageDeflate) => {
  server = await startDialogueServer({ rooms, engine: { perMessageDeflate } });
};
function closeAll() {
  for (const client of clients) client.close();
  clients = [];
}
async function member(options = {}) {
  const client = new RecordingClient(server.url, { transports: ["websocket"], perMessageDeflate: { threshold: 512 }, ...options });
  clients.push(client);
  assert.equal((await client.ask("dialogue:join", { roomId: "chat" })).ok, true);
  return client;
}
const socketOf = (client) => client.socket.io.engine.transport.ws;
const bytesRead = (client) => socketOf(client)._socket.bytesRead;

describe("permessage-deflate", () => {
  before(() => start({ enabled: true }));
  after(() => server.stop());
  afterEach(closeAll);

  it("is agreed upon, and makes what is large small, both ways", async () => {
    const [ann, bob] = [await member(), await member()];
    const plain = await member({ perMessageDeflate: false });
    assert.match(socketOf(ann).extensions, /^permessage-deflate/);
    assert.equal(socketOf(plain).extensions, "");
    const before = [bob, plain].map(bytesRead);
    const sent = socketOf(ann)._socket.bytesWritten;
    assert.equal((await ann.ask("dialogue:trigger", { roomId: "chat", event: "message", data: { text } })).ok, true);
    for (const client of [ann, bob, plain]) assert.equal((await client.next("dialogue:event")).data.text, text);
    const [compressed, asItIs] = [bob, plain].map((client, i) => bytesRead(client) - before[i]);
    assert.ok(compressed < text.length / 3, `${compressed} bytes for ${text.length}`);
    assert.ok(asItIs > text.length);
    assert.ok(socketOf(ann)._socket.bytesWritten - sent < text.length / 3);
  });

  it("carries attachments, small messages and history among one another", async () => {
    const [ann, bob] = [await member(), await member()];
    for (let i = 0; i < 20; ++i) {
      const data = i % 3 === 0 ? { text: `${i}` } : { i, bytes: Buffer.alloc(100 * i * i, i) };
      assert.equal((await ann.ask("dialogue:trigger", { roomId: "chat", event: "message", data })).ok, true);
      assert.deepEqual((await bob.next("dialogue:event")).data, data);
    }
    const late = await member();
    const known = await late.ask("dialogue:getHistory", { roomId: "chat", eventName: "message" });
    assert.equal(known.ok, true);
  });

  it("is there after an upgrade from polling, too", async () => {
    const ann = await member({ transports: ["polling", "websocket"] });
    if (ann.socket.io.engine.transport.name !== "websocket") await new Promise((resolve) => ann.socket.io.engine.once("upgrade", resolve));
    const bob = await member();
    assert.equal((await bob.ask("dialogue:trigger", { roomId: "chat", event: "message", data: { text } })).ok, true);
    assert.equal((await ann.next("dialogue:event")).data.text, text);
  });

  it("leaves alone what is smaller than the threshold", async () => {
    const socket = await rawWebSocket(server.port, "permessage-deflate");
    assert.match(socket.extensions, agreed);
    const frame = await socket.frame();
    assert.equal(frame.first & 0x40, 0);
    assert.equal(frame.payload.toString()[0], "0");
    socket.end();
  });

  it("says no to an offer that is not as it is spoken here", async () => {
    for (const offer of ["permessage-deflate; server_max_window_bits=9", "permessage-deflate; x=1", "foo"]) {
      const socket = await rawWebSocket(server.port, offer);
      assert.equal(socket.extensions, undefined);
      socket.end();
    }
  });

  const bomb = deflateRawSync(Buffer.alloc(50_000_000, 0x61), { finishFlush: 2 }).subarray(0, -4);
  const cases = [
    ["more than a message may have", { payload: bomb }, 1009],
    ["what is not compressed", { payload: Buffer.from([7]) }, 1007],
    ["what is no UTF-8 when it is decompressed", { payload: deflateRawSync(Buffer.from([0x34, 0xff, 0xfe]), { finishFlush: 2 }).subarray(0, -4) }, 1007],
    ["a compressed ping", { opcode: 9, payload: Buffer.from([0]) }, 1002],
    ["a reserved bit that means nothing", { bits: 0x20, payload: Buffer.from("2") }, 1002],
    ["compression nobody agreed to", { offer: "none", payload: Buffer.from([0]) }, 1002],
  ];
  for (const [what, { payload, opcode = 1, bits = 0x40, offer = "permessage-deflate" }, code] of cases) {
    it(`ends the connection for ${what}`, async () => {
      const socket = await rawWebSocket(server.port, offer);
      socket.send(0x80 | bits | opcode, payload);
      assert.equal(await socket.closeCode(), code);
    });
  }

  it("reads a message that comes compressed in several frames", async () => {
    const socket = await rawWebSocket(server.port, "permessage-deflate");
    await socket.frame();
    const connect = deflateRawSync(Buffer.from("40"), { finishFlush: 2 }).subarray(0, -4);
    socket.send(0x41, connect.subarray(0, 1));
    socket.send(0x89, Buffer.from("between"));
    socket.send(0x80, connect.subarray(1));
    assert.equal((await socket.frame()).first, 0x8a);
    assert.match((await socket.frame()).payload.toString(), /^40\{"sid"/);
    socket.end();
  });
});

describe("permessage-deflate, where it is not switched on", () => {
  before(() => start({ enabled: false }));
  after(() => server.stop());
  afterEach(closeAll);

  it("is not agreed upon", async () => {
    assert.equal(socketOf(await member()).extensions, "");
  });
});
