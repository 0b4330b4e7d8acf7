// Every behaviour that the official Socket.IO v5 suite looks at, in tests of our own.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startConformanceServer, suiteNumbers } from "./support/process.mjs";
import * as transport from "./support/transportbehaviour.mjs";

const engine = transport.endpoints("socketio", "/socket.io/");

/** A websocket session; where `connect` is given, that packet is sent and its two answers are read. */
async function session(connect, { webSocket } = engine.quiet) {
  const socket = webSocket();
  await socket.next("message");
  if (connect) {
    socket.send(connect);
    await socket.nextPacket();
    await socket.nextPacket();
  }
  return socket;
}

async function packets(socket, count) {
  const list = [];
  while (list.length < count) list.push(await socket.nextPacket());
  return list;
}

describe("Engine.IO under it", () => {
  transport.describeHandshake(engine);
  transport.describeHeartbeat(engine);
  transport.describeClose(engine);
  describe("upgrade", () => {
    it("answers the probe", async () => {
      const socket = await engine.quiet.upgradeSocket(await engine.quiet.openPolling());
      socket.send("2probe");
      assert.equal(await socket.next("message"), "3probe");
      socket.send("5");
      socket.terminate();
    });
    transport.describeUpgradedSession(engine);
  });
});

describe("connect", () => {
  const cases = [
    ["40", "", "{}"],
    ['40{"token":"123"}', "", '{"token":"123"}'],
    ["40/custom,", "/custom,", "{}"],
    ['40/custom,{"token":"abc"}', "/custom,", '{"token":"abc"}'],
  ];
  for (const [sent, namespace, auth] of cases) {
    it(`accepts ${sent}`, async () => {
      const socket = await session();
      socket.send(sent);
      const reply = await socket.nextPacket();
      assert.ok(reply.startsWith(`40${namespace}{`), reply);
      const handshake = JSON.parse(reply.slice(2 + namespace.length));
      assert.deepEqual(Object.keys(handshake), ["sid"]);
      assert.equal(typeof handshake.sid, "string");
      assert.equal(await socket.nextPacket(), `42${namespace}["auth",${auth}]`);
      socket.terminate();
    });
  }
  it("gives a sid other than Engine.IO's", async () => {
    const socket = engine.quiet.webSocket();
    const open = JSON.parse((await socket.next("message")).slice(1));
    socket.send("40");
    assert.notEqual(JSON.parse((await socket.nextPacket()).slice(2)).sid, open.sid);
    socket.terminate();
  });
  it("refuses an unknown namespace and stays", async () => {
    const socket = await session();
    socket.send("40/random");
    assert.equal(await socket.nextPacket(), '44/random,{"message":"Invalid namespace"}');
    socket.send("40");
    assert.match(await socket.nextPacket(), /^40\{/);
    socket.terminate();
  });
  it("closes on an invalid handshake", async () => {
    const socket = await session();
    socket.send("4abc");
    await socket.next("close");
  });
  describe("where a client has a second for it", () => {
    let server;
    before(async () => (server = await startConformanceServer("socketio", { connectTimeout: suiteNumbers.connectTimeout })));
    after(() => server?.stop());
    const hasty = transport.endpoint(() => server, "/socket.io/");

    it("closes when no namespace is joined, the heartbeat answered", async () => {
      const socket = await session(undefined, hasty);
      assert.equal(await socket.next("message"), "2"); // a heartbeat comes first
      socket.send("3");
      socket.socket.on("message", () => socket.send("3"));
      await socket.next("close");
    });
    it("stays when one is joined", async () => {
      const [joined, idle] = [await session("40", hasty), await session(undefined, hasty)];
      for (const each of [joined, idle]) each.socket.on("message", (data) => data.toString() === "2" && each.send("3"));
      await idle.next("close"); // which came later
      joined.send('42["message","still here"]');
      while ((await joined.next("message")) !== '42["message-back","still here"]');
      joined.terminate();
    });
  });
});

describe("disconnect", () => {
  it("leaves the main namespace, and the connection stays", async () => {
    const socket = await session("40", engine.beating);
    socket.send("41");
    assert.equal(await socket.next("message"), "2");
    socket.terminate();
  });
  it("leaves a custom namespace, and the main one stays", async () => {
    const socket = await session("40", engine.beating);
    assert.equal(await socket.next("message"), "2");
    socket.send("3");
    socket.send("40/custom");
    await packets(socket, 2);
    socket.send("41/custom");
    socket.send('42["message","message to main namespace"]');
    assert.equal(await socket.nextPacket(), '42["message-back","message to main namespace"]');
    socket.terminate();
  });
});

describe("message", () => {
  const placeholders = '{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}';
  const attachments = [Buffer.from([1, 2, 3]), Buffer.from([4, 5, 6])];

  const exchanges = [
    ["an event", ['42["message",1,"2",{"3":[true]}]'], ['42["message-back",1,"2",{"3":[true]}]']],
    ["an event with an ack", ['42456["message-with-ack",1,"2",{"3":[false]}]'], ['43456[1,"2",{"3":[false]}]']],
    ["binary", [`452-["message",${placeholders}]`, ...attachments], [`452-["message-back",${placeholders}]`, ...attachments]],
    ["binary with an ack", [`452-789["message-with-ack",${placeholders}]`, ...attachments],
      [`462-789[${placeholders}]`, ...attachments]],
  ];
  for (const [name, sent, received] of exchanges) {
    it(`answers ${name}`, async () => {
      const socket = await session("40");
      for (const packet of sent) socket.send(packet);
      assert.deepEqual(await packets(socket, received.length), received);
      socket.terminate();
    });
  }
  for (const packet of ["4abc", "42{}", '42abc["message-with-ack",1,"2",{"3":[false]}]']) {
    it(`closes on ${packet}`, async () => {
      const socket = await session("40");
      socket.send(packet);
      await socket.next("close");
    });
  }
});
