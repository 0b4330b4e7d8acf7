// The behaviour of the Engine.IO layer that the official suites of both protocols look at. It is the same under
// /engine.io/ and /socket.io/; what travels in messages is left to the callers.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startConformanceServer, suiteNumbers } from "./process.mjs";
import { AwaitableWebSocket, sleep } from "./websocket.mjs";

const { pingInterval, pingTimeout } = suiteNumbers;

/**
 * What `endpoint` answers, for three servers of a protocol: the `quiet` one sends no ping while a test lasts, the
 * `beating` one leaves a client all the time it needs to answer one, the `strict` one has the suites' numbers.
 */
export function endpoints(protocol, path) {
  const numbers = { quiet: { pingInterval: 60_000 }, beating: {}, strict: suiteNumbers };
  const servers = {};
  before(async () => {
    for (const name in numbers) servers[name] = await startConformanceServer(protocol, numbers[name]);
  });
  after(async () => {
    for (const server of Object.values(servers)) await server.stop();
  });
  return Object.fromEntries(Object.keys(numbers).map((name) => [name, endpoint(() => servers[name], path)]));
}

/** Addresses and sessions of one server; `server` is a function, as it starts after the tests are declared. */
export function endpoint(server, path) {
  const http = (query) => `${server().url}${path}?${query}`;
  const ws = (query) => http(query).replace("http", "ws");
  return {
    server,
    http,
    ws,
    request: (sid, options) => fetch(http(`EIO=4&transport=polling&sid=${sid}`), options),
    async openPolling() {
      const response = await fetch(http("EIO=4&transport=polling"));
      return JSON.parse((await response.text()).slice(1)).sid;
    },
    webSocket: (query = "EIO=4&transport=websocket") => new AwaitableWebSocket(ws(query)),
    /** A WebSocket beside a polling session, open but not yet upgraded. */
    async upgradeSocket(sid) {
      const socket = new AwaitableWebSocket(ws(`EIO=4&transport=websocket&sid=${sid}`));
      await socket.next("open");
      return socket;
    },
  };
}

function assertOpenPacket(text, upgrades) {
  assert.equal(text[0], "0");
  const value = JSON.parse(text.slice(1));
  assert.deepEqual(Object.keys(value).sort(), ["maxPayload", "pingInterval", "pingTimeout", "sid", "upgrades"]);
  assert.equal(typeof value.sid, "string");
  assert.ok(value.sid.length >= 16);
  assert.deepEqual({ ...value, sid: "" }, { sid: "", upgrades, pingInterval, pingTimeout, maxPayload: 1_000_000 });
}

async function statuses(requests) {
  return Promise.all(requests.map(async ([url, options]) => (await fetch(url, options)).status));
}

async function assertAllClose(sockets) {
  await Promise.all(sockets.map((socket) => socket.next("close")));
}

export function describeHandshake({ strict: { http, webSocket } }) {
  describe("handshake", () => {
    it("opens a polling session", async () => {
      const response = await fetch(http("EIO=4&transport=polling"));
      assert.equal(response.status, 200);
      assertOpenPacket(await response.text(), ["websocket"]);
    });
    it("refuses polling with a wrong EIO", async () => {
      const urls = ["transport=polling", "EIO=abc&transport=polling", "EIO=3&transport=polling", "EIO=44&transport=polling"];
      assert.deepEqual(await statuses(urls.map((query) => [http(query)])), [400, 400, 400, 400]);
    });
    it("refuses a wrong transport", async () => {
      const urls = ["EIO=4", "EIO=4&transport=abc", "EIO=4&transport=", "EIO=4&transport=webtransport"];
      assert.deepEqual(await statuses(urls.map((query) => [http(query)])), [400, 400, 400, 400]);
    });
    it("refuses a wrong method", async () => {
      const url = http("EIO=4&transport=polling");
      assert.deepEqual(await statuses([[url, { method: "POST" }], [url, { method: "PUT" }]]), [400, 400]);
    });
    it("opens a websocket session", async () => {
      const socket = webSocket();
      assertOpenPacket(await socket.next("message"), []);
      socket.terminate();
    });
    it("closes a websocket with a wrong EIO", () =>
      assertAllClose([webSocket("transport=websocket"), webSocket("EIO=abc&transport=websocket")]));
    it("closes a websocket with a wrong transport", () =>
      assertAllClose([webSocket("EIO=4"), webSocket("EIO=4&transport=abc")]));
  });
}

export function describeHeartbeat({ beating: { request, openPolling, webSocket }, strict }) {
  const beats = 3;
  describe("heartbeat", () => {
    it("pings over polling and goes on when answered", async () => {
      const sid = await openPolling();
      for (let i = 0; i < beats; i++) {
        const polled = await request(sid);
        assert.equal(polled.status, 200);
        assert.equal(await polled.text(), "2");
        assert.equal((await request(sid, { method: "POST", body: "3" })).status, 200);
      }
    });
    it("forgets a polling session that does not answer, at once when the time is up", async () => {
      const sid = await strict.openPolling();
      await sleep(pingInterval + pingTimeout);
      assert.equal((await strict.request(sid)).status, 400);
    });
    it("pings over websocket and goes on when answered", async () => {
      const socket = webSocket();
      await socket.next("message");
      for (let i = 0; i < beats; i++) {
        assert.equal(await socket.next("message"), "2");
        socket.send("3");
      }
      socket.terminate();
    });
    it("closes a websocket that does not answer", async () => {
      await strict.webSocket().next("close");
    });
  });
}

export function describeClose({ quiet: { request, openPolling, webSocket } }) {
  describe("close", () => {
    it("ends a polling session on the client's word", async () => {
      const sid = await openPolling();
      const [polled] = await Promise.all([request(sid), request(sid, { method: "POST", body: "1" })]);
      assert.equal(polled.status, 200);
      assert.equal(await polled.text(), "6");
      assert.equal((await request(sid)).status, 400);
    });
    it("ends a websocket session on the client's word", async () => {
      const socket = webSocket();
      await socket.next("message");
      socket.send("1");
      await socket.next("close");
    });
  });
}

export function describeUpgradedSession({ quiet: { request, openPolling, upgradeSocket } }) {
  it("refuses polling once upgraded, the probe and the switch sent in one go", async () => {
    const sid = await openPolling();
    const socket = await upgradeSocket(sid);
    socket.send("2probe");
    socket.send("5");
    const polled = await request(sid);
    // Connections are read in no order: what asked before the switch is ended by it, with a noop.
    if (polled.status === 200) assert.equal(await polled.text(), "6");
    else assert.equal(polled.status, 400);
    assert.equal((await request(sid)).status, 400);
    socket.terminate();
  });
  it("closes a second websocket once upgraded", async () => {
    const sid = await openPolling();
    const socket = await upgradeSocket(sid);
    socket.send("2probe");
    socket.send("5");
    assert.equal(await socket.next("message"), "3probe");
    const second = await upgradeSocket(sid);
    await second.next("close");
    socket.terminate();
  });
}
