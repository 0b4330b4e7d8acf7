// Every behaviour that the official Engine.IO v4 suite looks at, in tests of our own.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RawConnection, encodeRequest } from "./support/rawconnection.mjs";
import * as transport from "./support/transportbehaviour.mjs";

const engine = transport.endpoints("engineio", "/engine.io/");
const { server, request, openPolling, webSocket, upgradeSocket } = engine.quiet;

/** A GET of the session that the server has read, and has nothing to answer yet. */
async function beginPolling(sid) {
  const connection = await RawConnection.open(server().port);
  connection.send(encodeRequest("GET", `/engine.io/?EIO=4&transport=polling&sid=${sid}`));
  await connection.isRead();
  return connection;
}

/** Posts a body and polls for the answer. */
async function echoed(body) {
  const sid = await openPolling();
  const pushed = await request(sid, { method: "POST", body });
  assert.equal(pushed.status, 200);
  assert.equal(await pushed.text(), "ok");
  const polled = await request(sid);
  assert.equal(polled.status, 200);
  return polled.text();
}

transport.describeHandshake(engine);

describe("messages over polling", () => {
  for (const body of ["4hello", "4test1\x1e4test2\x1e4test3", "4hello\x1ebAQIDBA=="]) {
    it(`echoes ${JSON.stringify(body)}`, async () => assert.equal(await echoed(body), body));
  }
  it("closes the session on an invalid packet", async () => {
    const sid = await openPolling();
    assert.equal((await request(sid, { method: "POST", body: "abc" })).status, 200); // as the reference does
    assert.equal((await request(sid)).status, 400);
  });
  it("closes the session on a second GET", async () => {
    const sid = await openPolling();
    const first = await beginPolling(sid);
    assert.equal((await request(sid)).status, 400);
    const answer = await first.readResponse();
    assert.deepEqual([answer.status, answer.body], [200, "1"]);
    assert.equal((await request(sid)).status, 400);
  });
  it("closes the session on a cancelled GET", async () => {
    const sid = await openPolling();
    (await beginPolling(sid)).destroy();
    assert.equal((await request(sid)).status, 400);
  });
});

describe("messages over websocket", () => {
  it("echoes text", async () => {
    const socket = webSocket();
    await socket.next("message");
    socket.send("4hello");
    assert.equal(await socket.nextPacket(), "4hello");
    socket.terminate();
  });
  it("echoes binary", async () => {
    const socket = webSocket();
    await socket.next("message");
    socket.send(Buffer.from([1, 2, 3, 4]));
    assert.deepEqual(await socket.nextPacket(), Buffer.from([1, 2, 3, 4]));
    socket.terminate();
  });
  it("closes on an invalid packet", async () => {
    const socket = webSocket();
    await socket.next("message");
    socket.send("abc");
    await socket.next("close");
  });
});

transport.describeHeartbeat(engine);
transport.describeClose(engine);

describe("upgrade", () => {
  it("goes from polling to websocket, a noop ending the GET", async () => {
    const sid = await openPolling();
    const socket = await upgradeSocket(sid);
    socket.send("2probe");
    assert.equal(await socket.next("message"), "3probe");
    const polled = await request(sid);
    assert.equal(polled.status, 200);
    assert.equal(await polled.text(), "6");
    socket.send("5");
    socket.send("4hello");
    assert.equal(await socket.nextPacket(), "4hello");
    socket.terminate();
  });
  it("leaves the upgraded session alone when polling is refused", async () => {
    const sid = await openPolling();
    const socket = await upgradeSocket(sid);
    socket.send("2probe");
    assert.equal(await socket.next("message"), "3probe");
    socket.send("5");
    socket.send("4upgraded"); // Connections are read in no order: this one has been, once it is answered.
    assert.equal(await socket.nextPacket(), "4upgraded");
    assert.equal((await request(sid)).status, 400);
    socket.send("4hello");
    assert.equal(await socket.nextPacket(), "4hello");
    socket.terminate();
  });
  it("leaves the upgraded session alone when a second websocket is closed", async () => {
    const sid = await openPolling();
    const socket = await upgradeSocket(sid);
    socket.send("2probe");
    assert.equal(await socket.next("message"), "3probe");
    socket.send("5");
    const second = await upgradeSocket(sid);
    await second.next("close");
    socket.send("4hello");
    assert.equal(await socket.nextPacket(), "4hello");
    socket.terminate();
  });
  transport.describeUpgradedSession(engine);
});
