// Bad input, layer by layer: a clear error or a close each time, the server goes on, and nobody else is disturbed.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { connectClient } from "./support/dialogue.mjs";
import { startWitnessed } from "./support/measure.mjs";
import { impatient, maxPayload, patience, polling, rawClients, webSocket } from "./support/rawclients.mjs";
import { encodeFrame, encodeRequest, upgradeHeaders } from "./support/rawconnection.mjs";
import { AwaitableWebSocket, sleep } from "./support/websocket.mjs";

let witnessed;
let server;
before(async () => {
  witnessed = await startWitnessed(impatient);
  server = witnessed.server;
});
after(async () => {
  await witnessed?.withoutDelay(async () => {}); // the witnesses are still there
  await witnessed?.stop();
});

/** Whoever comes next is served as if nothing had been. */
async function assertServes() {
  assert.ok(server.isRunning(), server.output());
  const response = await fetch(server.url + polling);
  assert.equal(response.status, 200);
  await response.text();
}

const { open, openSession, openWebSocket, openClient, closing } = rawClients(() => server);

describe("HTTP", () => {
  const host = "Host: localhost\r\n";
  const cases = {
    "bytes that are no request": Buffer.from(Array.from({ length: 512 }, (_, i) => (i * 37) & 255)),
    "a TLS client hello": Buffer.from("16030100c8010000c40303", "hex"),
    "HTTP/2's preface": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "half a request line": "GET\r\n\r\n",
    "an unknown version": `GET / HTTP/9.9\r\n${host}\r\n`,
    "a space in the target": `GET /a b HTTP/1.1\r\n${host}\r\n`,
    "a header without a colon": `GET / HTTP/1.1\r\n${host}nonsense\r\n\r\n`,
    "a NUL in a header": `GET / HTTP/1.1\r\n${host}X: a\0b\r\n\r\n`,
    "a space before the colon": `GET / HTTP/1.1\r\n${host}X : a\r\n\r\n`,
    "a head that is too large": `GET / HTTP/1.1\r\n${host}X: ${"x".repeat(20_000)}\r\n\r\n`,
    "too many headers": `GET / HTTP/1.1\r\n${host}${"X: y\r\n".repeat(5000)}\r\n`,
    "a target that is too long": `GET /${"x".repeat(20_000)} HTTP/1.1\r\n${host}\r\n`,
    "a negative length": `POST ${polling} HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`,
    "a length that is no number": `POST ${polling} HTTP/1.1\r\n${host}Content-Length: ten\r\n\r\n`,
    "a length beyond 64 bits": `POST ${polling} HTTP/1.1\r\n${host}Content-Length: 99999999999999999999999\r\n\r\n`,
    "two lengths": `POST ${polling} HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`,
    "a length and chunks": `POST ${polling} HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    "a chunk size that is no number": `POST ${polling}&sid=x HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    "a chunk size beyond 64 bits": `POST ${polling}&sid=x HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n`,
    "an unknown transfer encoding": `POST ${polling}&sid=x HTTP/1.1\r\n${host}Transfer-Encoding: rot13\r\n\r\nabc`,
    "a way out of the folder": `GET /../../../../etc/passwd HTTP/1.1\r\n${host}\r\n`,
    "the same, percent-encoded": `GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n${host}\r\n`,
    "a broken percent-encoding": `GET /socket.io/?EIO=%4&transport=%zz HTTP/1.1\r\n${host}\r\n`,
    "an unknown method": `BREW /pot HTTP/1.1\r\n${host}\r\n`,
    "CONNECT": `CONNECT example.org:443 HTTP/1.1\r\n${host}\r\n`,
  };
  for (const [name, bytes] of Object.entries(cases)) {
    it(`${name}: an error or a close`, async () => {
      const connection = await open();
      connection.send(bytes);
      const answer = await connection.readResponse(patience);
      assert.ok(answer.kind === "closed" || answer.status >= 400, JSON.stringify(answer));
      assert.doesNotMatch(answer.body ?? "", /root:/);
      connection.destroy();
      await assertServes();
    });
  }
  it("two requests in one go get two answers, in order", async () => {
    const connection = await open();
    connection.send(Buffer.concat([encodeRequest("GET", polling), encodeRequest("GET", "/nothing-here")]));
    assert.equal((await connection.readResponse()).status, 200);
    assert.equal((await connection.readResponse()).status, 404);
    connection.destroy();
  });
  it("a request in single bytes is a request", async () => {
    const connection = await open({ noDelay: true });
    for (const byte of encodeRequest("GET", polling)) {
      connection.send(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal((await connection.readResponse()).status, 200);
    connection.destroy();
  });
  it("a client that ends its side still gets its answer, or a close", async () => {
    const connection = await open({ allowHalfOpen: true });
    connection.send(encodeRequest("GET", polling));
    connection.socket.end();
    const answer = await connection.readResponse(patience);
    assert.ok(answer.kind === "closed" || answer.status === 200);
    await connection.waitClosed(patience);
  });
});

describe("WebSocket handshake", () => {
  const without = (name) => Object.fromEntries(Object.entries(upgradeHeaders).filter(([header]) => header !== name));
  const cases = {
    "no key": without("Sec-WebSocket-Key"),
    "no version": without("Sec-WebSocket-Version"),
    "a wrong version": { ...upgradeHeaders, "Sec-WebSocket-Version": "8" },
    "another protocol to upgrade to": { ...upgradeHeaders, Upgrade: "h2c" },
  };
  for (const [name, headers] of Object.entries(cases)) {
    it(`${name}: an error or a close`, async () => {
      const connection = await open();
      connection.send(encodeRequest("GET", webSocket, headers));
      const answer = await connection.readResponse(patience);
      assert.ok(answer.kind === "closed" || answer.status >= 400, JSON.stringify(answer));
      connection.destroy();
      await assertServes();
    });
  }
  it("on a path that is not ours", async () => {
    const connection = await open();
    connection.send(encodeRequest("GET", "/elsewhere", upgradeHeaders));
    const answer = await connection.readResponse(patience);
    assert.ok(answer.kind === "closed" || answer.status >= 400, JSON.stringify(answer));
    connection.destroy();
  });
  it("with a wrong EIO, an unknown transport, an unknown sid", async () => {
    const queries = ["EIO=3&transport=websocket", "EIO=4&transport=carrier-pigeon", "EIO=4&transport=websocket&sid=nobody"];
    for (const query of queries) {
      const connection = await open();
      connection.send(encodeRequest("GET", `/socket.io/?${query}`, upgradeHeaders));
      const { status } = await connection.readResponse(patience);
      assert.ok(status >= 400, `${query}: ${status}`);
      await connection.waitClosed(patience);
    }
  });
});

describe("WebSocket frames", () => {
  const huge = Buffer.from("81ffffffffffffffffff00000000", "hex"); // announces 2^64-1 bytes
  const cases = {
    "a reserved opcode": [encodeFrame(3, "x"), [1002]],
    "a reserved control opcode": [encodeFrame(11, "x"), [1002]],
    "a reserved bit": [encodeFrame("text", "4x", { rsv: 4 }), [1002]],
    "a fragmented ping": [encodeFrame("ping", "x", { fin: false }), [1002]],
    "a ping of 126 bytes": [encodeFrame("ping", "x".repeat(126)), [1002]],
    "a continuation of nothing": [encodeFrame("continuation", "x"), [1002]],
    "a new message within a fragmented one": [Buffer.concat([encodeFrame("text", "4x", { fin: false }), encodeFrame("text", "4x")]), [1002]],
    "text that is not UTF-8": [encodeFrame("text", Buffer.from("34fffe", "hex")), [1007]],
    "an announced length beyond all measure": [huge, [1002, 1009]],
    "a message over the limit": [encodeFrame("text", `4${"x".repeat(maxPayload)}`), [1009]],
    "binary over the limit": [encodeFrame("binary", Buffer.alloc(maxPayload + 1)), [1009]],
    "fragments over the limit together": [Buffer.concat([
      encodeFrame("text", `4${"x".repeat(maxPayload - 10)}`, { fin: false }), encodeFrame("continuation", "x".repeat(100))]), [1009]],
  };
  for (const [name, [bytes, codes]] of Object.entries(cases)) {
    it(`${name}: closed with ${codes.join(" or ")}`, async () => {
      const connection = await openWebSocket();
      connection.send(bytes);
      const code = await closing(connection);
      assert.ok(code === "closed" || codes.includes(code), String(code));
      await assertServes();
    });
  }
  it("bad close frames are answered or cut", async () => {
    for (const payload of ["03", "0001", "03ed", "ffff", "03e8ff"]) {
      const connection = await openWebSocket();
      connection.send(encodeFrame("close", Buffer.from(payload, "hex")));
      await closing(connection);
    }
  });
});

describe("Engine.IO packets", () => {
  for (const packet of ["", "abc", "7", "x", "2", "b!!!", "\u20ac"]) {
    it(`${JSON.stringify(packet)} over websocket closes`, async () => {
      const connection = await openWebSocket();
      connection.send(encodeFrame("text", packet));
      await closing(connection);
      await assertServes();
    });
    it(`${JSON.stringify(packet)} over polling ends the session`, async () => {
      const url = `${server.url}${polling}&sid=${await openSession()}`;
      await (await fetch(url, { method: "POST", body: packet })).text();
      const after = await fetch(url);
      // What the session still had to say may come first; then it is unknown.
      if (after.status === 200) assert.match(await after.text(), /1$/);
      assert.equal((await fetch(url)).status, 400);
    });
  }
  it("a polling body over the limit: 413", async () => {
    const url = `${server.url}${polling}&sid=${await openSession()}`;
    const response = await fetch(url, { method: "POST", body: `4${"x".repeat(maxPayload)}` }).catch((error) => error);
    if (!(response instanceof Error)) assert.equal(response.status, 413);
    await assertServes();
  });
  it("a flood of tiny packets in one body", async () => {
    const url = `${server.url}${polling}&sid=${await openSession()}`;
    const response = await fetch(url, { method: "POST", body: Array(maxPayload / 2).fill("3").join("\x1e").slice(0, maxPayload - 1) });
    await response.text();
    await assertServes();
  });
  it("unknown sids, long, odd and empty ones", async () => {
    for (const sid of ["nobody", "", "x".repeat(8000), "%00%ff", "..%2f..", "0", "-1", "\u20ac"]) {
      const response = await fetch(`${server.url}${polling}&sid=${sid}`);
      assert.ok(sid === "" ? response.status < 500 : response.status === 400, `${sid}: ${response.status}`);
      await response.text();
    }
  });
  it("no namespace in time: closed", async () => {
    const socket = new AwaitableWebSocket(server.url.replace("http", "ws") + webSocket);
    socket.socket.on("message", (data) => data.toString() === "2" && socket.send("3"));
    await socket.next("close", patience);
  });
  it("an upgrade that is begun and not ended: polling goes on", async () => {
    const sid = await openSession();
    const url = `${server.url}${polling}&sid=${sid}`;
    const socket = new AwaitableWebSocket(`${server.url.replace("http", "ws")}${webSocket}&sid=${sid}`);
    await socket.next("open");
    socket.send("2probe");
    let closed = false;
    socket.next("close", patience).then(() => (closed = true));
    let joined = false;
    await fetch(url, { method: "POST", body: "40" });
    while (!closed) {
      const body = await (await fetch(url)).text();
      joined ||= body.includes("40{");
      if (body.split("\x1e").includes("2")) await fetch(url, { method: "POST", body: "3" });
      await sleep(20);
    }
    while (!joined) joined = (await (await fetch(url)).text()).includes("40{");
  });
});

describe("Socket.IO packets", () => {
  const deep = (depth) => "[".repeat(depth) + "]".repeat(depth);
  const fatal = {
    "JSON nested far too deep": `42["dialogue:join",${deep(40_000)}]`,
    "JSON never closed": `42["dialogue:join",${"[".repeat(90_000)}`,
    "an attachment count beyond all measure": `4599999999999-["x"]`,
    "more attachments than allowed": `4511-["x",{"_placeholder":true,"num":0}]`,
    "a placeholder out of range": [`451-["x",{"_placeholder":true,"num":7}]`, Buffer.from([1])],
    "a placeholder that is not whole": [`451-["x",{"_placeholder":true,"num":0.5}]`, Buffer.from([1])],
    "binary out of the blue": [Buffer.from([1, 2, 3])],
    "text where an attachment is due": [`451-["x",{"_placeholder":true,"num":0}]`, `42["x"]`],
    "a second CONNECT": "40",
    "an event of a namespace not joined": `42/admin,["x"]`,
    "a CONNECT with an array": "40/other,[]",
    "a reserved event name": `42["disconnect"]`,
    "no event name": "42[]",
    "an ack id beyond all measure": `42${"9".repeat(5000)}["x"]`,
  };
  for (const [name, packets] of Object.entries(fatal)) {
    it(`${name}: closed`, async () => {
      const connection = await openClient();
      for (const packet of [packets].flat()) {
        connection.send(encodeFrame(typeof packet === "string" ? "text" : "binary", typeof packet === "string" ? `4${packet.slice(1)}` : packet));
      }
      await closing(connection);
      await assertServes();
    });
  }
  it("attachments announced and never sent: the ping time-out takes them", async () => {
    const connection = await openClient();
    connection.send(encodeFrame("text", `4510-["x",{"_placeholder":true,"num":0}]`));
    await closing(connection);
  });
});

describe("dialogue:* requests", () => {
  it("odd payloads are refused by name, and the client stays", async () => {
    const client = await connectClient(server, "odd");
    await client.ask("dialogue:join", { roomId: "chat" });
    let nested = {};
    for (let i = 0; i < 60; i++) nested = { nested };
    const refusals = [
      ["dialogue:join", { roomId: "x".repeat(50_000) }],
      ["dialogue:join", { roomId: "chat", since: { epoch: 1, offset: "x" } }],
      ["dialogue:join", { roomId: "chat", since: [] }],
      ["dialogue:join", { roomId: "\0" }],
      ["dialogue:trigger", { roomId: "chat", event: "y".repeat(50_000), data: {} }],
      ["dialogue:trigger", { roomId: "chat", event: "message", data: { text: { $gt: "" } } }],
      ["dialogue:trigger", { roomId: "chat", event: "message", data: nested }],
      ["dialogue:trigger", { roomId: "chat", event: "__proto__", data: {} }],
      ["dialogue:trigger", { roomId: "chat", data: {} }],
      ["dialogue:subscribe", { roomId: "chat", eventName: 7 }],
      ["dialogue:getHistory", { roomId: "chat", start: -1 }],
      ["dialogue:getHistory", { roomId: "chat", start: 5, end: 1 }],
      ["dialogue:getHistory", { roomId: "chat", start: 0, end: 1e12 }],
      ["dialogue:getHistory", { roomId: "chat", start: 0.5, end: "x" }],
      ["dialogue:createRoom", { id: "", name: "x" }],
      ["dialogue:createRoom", { id: "x".repeat(50_000), name: "x" }],
      ["dialogue:createRoom", { id: "r", name: "x", maxSize: -5 }],
      ["dialogue:createRoom", { id: "r", name: "x", maxSize: 1e9 }],
      ["dialogue:createRoom", { id: "r", name: { a: 1 } }],
      ["dialogue:deleteRoom", { roomId: "chat" }],
      ["dialogue:leave", { roomId: "nowhere" }],
    ];
    for (const [event, payload] of refusals) {
      const answer = await client.ask(event, payload);
      const wasClamped = event === "dialogue:getHistory" && answer.ok; // a range may be cut to what there is
      assert.ok(wasClamped || (answer.ok === false && /^[A-Z_]+$/.test(answer.error.code) && answer.error.message),
        `${event} ${JSON.stringify(payload).slice(0, 80)}: ${JSON.stringify(answer).slice(0, 200)}`);
      assert.ok(JSON.stringify(answer).length < 20_000, `${event}: the answer repeats what was sent`);
    }
    assert.equal(client.count("disconnect"), 0);
    client.close();
  });
  it("an unknown dialogue:* event does no harm", async () => {
    const client = await connectClient(server, "odd");
    client.emit("dialogue:selfDestruct", { now: true });
    client.emit("something else", 1, [2], { three: 3 });
    assert.equal((await client.ask("dialogue:listRooms")).ok, true);
    client.close();
  });
  it("binary where JSON is wanted", async () => {
    const client = await connectClient(server, "odd");
    await client.ask("dialogue:join", { roomId: "chat" });
    const answer = await client.ask("dialogue:trigger", { roomId: "chat", event: "message", data: { text: Buffer.from([1]) } });
    assert.equal(answer.ok, false);
    client.close();
  });
});
