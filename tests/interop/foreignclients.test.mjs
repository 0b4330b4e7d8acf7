// The clients that are out there: socket.io-client from its first version of this protocol to the newest, and PHP's
// (Elephant.io), byte by byte as it writes.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startDialogueServer } from "./support/dialogue.mjs";
import { rawClients } from "./support/rawclients.mjs";
import { encodeFrame } from "./support/rawconnection.mjs";

const timeout = 20_000;
const packages = { "3.1": "socket.io-client-3", "4.0": "socket.io-client-4.0", 4.8: "socket.io-client" };
const ways = { polling: ["polling"], WebSocket: ["websocket"], "both, upgrading": ["polling", "websocket"] };

let server;
const { open } = rawClients(() => server);
before(async () => (server = await startDialogueServer()));
after(() => server?.stop());

const within = (promise, what) => Promise.race([promise,
  new Promise((_, reject) => { setTimeout(() => reject(new Error(`no ${what} within ${timeout} ms`)), timeout).unref(); })]);

describe("socket.io-client", async () => {
  for (const [version, name] of Object.entries(packages)) {
    const { io } = await import(name);
    /** A client and what it can be asked in every version: the newer helpers are not in the older ones. */
    const connect = async (userId, transports) => {
      const socket = io(server.url, { transports, auth: { userId }, reconnection: false, forceNew: true });
      const next = (event) => within(new Promise((resolve) => socket.once(event, resolve)), event);
      const ask = (event, data) => within(new Promise((resolve) => socket.emit(event, data, resolve)), `answer to ${event}`);
      const connected = next("dialogue:connected");
      socket.once("connect_error", (error) => { throw error; });
      assert.equal((await connected).userId, userId);
      return { socket, next, ask };
    };
    for (const [way, transports] of Object.entries(ways)) {
      it(`${version} chats over ${way}`, async () => {
        const ann = await connect("ann", transports);
        const ben = await connect("ben", transports);
        for (const client of [ann, ben]) assert.equal((await client.ask("dialogue:join", { roomId: "chat" })).ok, true);
        const text = "h\u00e9llo \u{1f600} ".repeat(50);
        const heard = [ann.next("dialogue:event"), ben.next("dialogue:event")];
        assert.equal((await ann.ask("dialogue:trigger", { roomId: "chat", event: "message", data: { text } })).ok, true);
        for (const { data, from } of await Promise.all(heard)) assert.deepEqual([data, from], [{ text }, "ann"]);
        const refused = await ben.ask("dialogue:trigger", { roomId: "chat", event: "message", data: { text: "" } });
        assert.equal(refused.error.code, "VALIDATION_FAILED");
        ann.socket.disconnect();
        ben.socket.disconnect();
      });
    }
  }
});

describe("Elephant.io", () => {
  const key = "M0Z1V0tWQ2ZkbXpQRGpjVg==";
  const request = (method, query, headers, body = "") =>
    [`${method} /socket.io/?${query} HTTP/1.1`, `Host: localhost:${server.port}`, ...headers, "", body].join("\r\n");

  /** One request on a connection of its own, as it makes them. */
  async function ask(method, query, headers = [], body = "") {
    const connection = await open();
    connection.send(request(method, query, [...headers, "Connection: close"], body));
    const answer = await connection.readResponse();
    await connection.waitClosed();
    return answer;
  }

  /** Handshake, CONNECT, its confirmation, all by polling; then the WebSocket, without a probe. */
  async function connectAndUpgrade({ origin = "*" } = {}) {
    const opening = await ask("GET", "EIO=4&transport=polling&t=PqDG1Zn");
    const { sid, upgrades } = JSON.parse(opening.body.slice(1));
    assert.ok(upgrades.includes("websocket"));
    const session = `EIO=4&transport=polling&t=PqDG1Zo&sid=${sid}`;
    const posted = await ask("POST", session, ["Content-Type: text/plain; charset=UTF-8", "Content-Length: 2"], "40");
    assert.deepEqual([posted.status, posted.body], [200, "ok"]);
    assert.match((await ask("GET", session)).body, /^40\{"sid":/);
    const connection = await open();
    connection.send(request("GET", `EIO=4&transport=websocket&t=PqDG1Zp&sid=${sid}`,
      ["Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Key: ${key}`, "Sec-WebSocket-Version: 13", `Origin: ${origin}`]));
    const upgraded = await connection.readResponse();
    assert.equal(upgraded.status, 101, upgraded.body);
    return connection;
  }

  const join = '421["dialogue:join",{"roomId":"chat"}]';
  const trigger = '422["dialogue:trigger",{"roomId":"chat","event":"message","data":{"text":"from PHP"}}]';

  async function answers(connection) {
    const seen = [];
    while (!seen.some((text) => text.startsWith("432["))) {
      const frame = await connection.readFrame();
      assert.equal(frame.kind, "text", JSON.stringify({ frame, seen }));
      seen.push(frame.data);
    }
    for (const id of ["431", "432"]) {
      const answer = seen.find((text) => text.startsWith(`${id}[`));
      assert.equal(JSON.parse(answer.slice(3))[0].ok, true, answer);
    }
    connection.send(encodeFrame("text", "1"));
    connection.destroy();
  }

  const writes = {
    "a frame in each write": (frames) => frames,
    "all frames in one write": (frames) => [Buffer.concat(frames)],
    "each head apart from its payload": (frames) => frames.flatMap((frame) => [frame.subarray(0, 2), frame.subarray(2, 6), frame.subarray(6)]),
    "a byte in each write": (frames) => [...Buffer.concat(frames)].map((byte) => Buffer.from([byte])),
  };
  for (const [how, cut] of Object.entries(writes)) {
    it(`upgrades and asks, ${how}`, async () => {
      const connection = await connectAndUpgrade();
      connection.socket.setNoDelay(true);
      for (const piece of cut(["5", join, trigger].map((text) => encodeFrame("text", text)))) {
        connection.send(piece);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await answers(connection);
    });
  }
  it("names the site it belongs to as its origin, with the port", async () => {
    const connection = await connectAndUpgrade({ origin: `http://localhost:${server.port}` });
    connection.send(Buffer.concat(["5", join, trigger].map((text) => encodeFrame("text", text))));
    await answers(connection);
  });
  it("asks by polling alone", async () => {
    const { sid } = JSON.parse((await ask("GET", "EIO=4&transport=polling&t=PqDG1Zn")).body.slice(1));
    const session = `EIO=4&transport=polling&t=PqDG1Zo&sid=${sid}`;
    const post = (body) => ask("POST", session, ["Content-Type: text/plain; charset=UTF-8", `Content-Length: ${body.length}`], body);
    assert.equal((await post("40")).body, "ok");
    assert.equal((await post(join)).body, "ok");
    let seen = "";
    while (!seen.includes("431[")) seen += (await ask("GET", session)).body;
    assert.match(seen, /431\[\{[^\x1e]*"ok":true/);
    assert.equal((await post("1")).body, "ok");
  });
});
