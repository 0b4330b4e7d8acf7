// Every behaviour that the official Engine.IO v4 suite looks at, in tests of our own.
import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { startConformanceServer } from "./support/process.mjs";
import { it } from "./support/steady.mjs";
import * as transport from "./support/transportbehaviour.mjs";
import { sleep } from "./support/websocket.mjs";

let server;
before(async () => (server = await startConformanceServer("engineio")));
after(() => server?.stop());

const engine = transport.endpoint(() => server, "/engine.io/");
const { request, openPolling, webSocket, upgradeSocket } = engine;

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
    await request(sid, { method: "POST", body: "abc" }).catch(() => {}); // the answer may be lost with the connection
    assert.equal((await request(sid)).status, 400);
  });
  it("closes the session on a second GET", async () => {
    const sid = await openPolling();
    const [first, second] = await Promise.all([request(sid), sleep(5).then(() => request(sid))]);
    assert.deepEqual([first.status, second.status].sort(), [200, 400]); // whichever of the two arrived first
    assert.equal(await (first.status === 200 ? first : second).text(), "1");
    assert.equal((await request(sid)).status, 400);
  });
  it("closes the session on a cancelled GET", async () => {
    const sid = await openPolling();
    const controller = new AbortController();
    const polled = request(sid, { signal: controller.signal }).catch(() => {});
    await sleep(50); // for the GET to arrive; it would wait 300 ms for the first ping
    controller.abort();
    await polled;
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

transport.describeHeartbeat(engine, 3);
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
