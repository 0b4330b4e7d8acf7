// Bad packets and requests: a clear error or a close each time, the server goes on, and nobody else is disturbed.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { maltreated } from "./support/badinput.mjs";
import { connectClient } from "./support/dialogue.mjs";
import { maxPayload, patience, polling, webSocket } from "./support/rawclients.mjs";
import { encodeFrame } from "./support/rawconnection.mjs";
import { AwaitableWebSocket, sleep } from "./support/websocket.mjs";

const { assertServes, closing, openClient, openSession, openWebSocket, server } = maltreated();

describe("Engine.IO packets", () => {
  for (const packet of ["", "abc", "7", "x", "2", "b!!!", "\u20ac"]) {
    it(`${JSON.stringify(packet)} over websocket closes`, async () => {
      const connection = await openWebSocket();
      connection.send(encodeFrame("text", packet));
      await closing(connection);
      await assertServes();
    });
    it(`${JSON.stringify(packet)} over polling ends the session`, async () => {
      const url = `${server().url}${polling}&sid=${await openSession()}`;
      await (await fetch(url, { method: "POST", body: packet })).text();
      const after = await fetch(url);
      // What the session still had to say may come first; then it is unknown.
      if (after.status === 200) assert.match(await after.text(), /1$/);
      assert.equal((await fetch(url)).status, 400);
    });
  }
  it("a polling body over the limit: 413", async () => {
    const url = `${server().url}${polling}&sid=${await openSession()}`;
    const response = await fetch(url, { method: "POST", body: `4${"x".repeat(maxPayload)}` }).catch((error) => error);
    if (!(response instanceof Error)) assert.equal(response.status, 413);
    await assertServes();
  });
  it("a flood of tiny packets in one body", async () => {
    const url = `${server().url}${polling}&sid=${await openSession()}`;
    const response = await fetch(url, { method: "POST", body: Array(maxPayload / 2).fill("3").join("\x1e").slice(0, maxPayload - 1) });
    await response.text();
    await assertServes();
  });
  it("unknown sids, long, odd and empty ones", async () => {
    for (const sid of ["nobody", "", "x".repeat(8000), "%00%ff", "..%2f..", "0", "-1", "\u20ac"]) {
      const response = await fetch(`${server().url}${polling}&sid=${sid}`);
      assert.ok(sid === "" ? response.status < 500 : response.status === 400, `${sid}: ${response.status}`);
      await response.text();
    }
  });
  it("no namespace in time: closed", async () => {
    const socket = new AwaitableWebSocket(server().url.replace("http", "ws") + webSocket);
    socket.socket.on("message", (data) => data.toString() === "2" && socket.send("3"));
    await socket.next("close", patience);
  });
  it("an upgrade that is begun and not ended: polling goes on", async () => {
    const sid = await openSession();
    const url = `${server().url}${polling}&sid=${sid}`;
    const socket = new AwaitableWebSocket(`${server().url.replace("http", "ws")}${webSocket}&sid=${sid}`);
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
    const client = await connectClient(server(), "odd");
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
    const client = await connectClient(server(), "odd");
    client.emit("dialogue:selfDestruct", { now: true });
    client.emit("something else", 1, [2], { three: 3 });
    assert.equal((await client.ask("dialogue:listRooms")).ok, true);
    client.close();
  });
  it("binary where JSON is wanted", async () => {
    const client = await connectClient(server(), "odd");
    await client.ask("dialogue:join", { roomId: "chat" });
    const answer = await client.ask("dialogue:trigger", { roomId: "chat", event: "message", data: { text: Buffer.from([1]) } });
    assert.equal(answer.ok, false);
    client.close();
  });
});
