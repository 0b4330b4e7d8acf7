// Bad packets and requests: the error or the close code that is right each time, the server goes on, and nobody else is disturbed.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { maltreated } from "./support/badinput.mjs";
import { connectClient } from "./support/dialogue.mjs";
import { maxPayload, patience, polling, webSocket } from "./support/rawclients.mjs";
import { encodeFrame, encodeRequest } from "./support/rawconnection.mjs";
import { AwaitableWebSocket, sleep } from "./support/websocket.mjs";

const { assertServes, closing, open, openClient, openSession, openWebSocket, server } = maltreated();

describe("Engine.IO packets", () => {
  for (const packet of ["", "abc", "7", "x", "2", "b!!!", "\u20ac"]) {
    it(`${JSON.stringify(packet)} over websocket closes`, async () => {
      const connection = await openWebSocket();
      connection.send(encodeFrame("text", packet));
      assert.equal(await closing(connection), 1000);
      await assertServes();
    });
    it(`${JSON.stringify(packet)} over polling ends the session`, async () => {
      const url = `${server().url}${polling}&sid=${await openSession()}`;
      await (await fetch(url, { method: "POST", body: packet })).text();
      assert.equal((await fetch(url)).status, 400); // the session is unknown
    });
  }
  it("a polling body over the limit: 413", async () => {
    const connection = await open(); // Not fetch, which sees a reset where the server does not read on.
    connection.send(encodeRequest("POST", `${polling}&sid=${await openSession()}`, {}, `4${"x".repeat(maxPayload)}`));
    assert.equal((await connection.readResponse(patience)).status, 413);
    connection.destroy();
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
      assert.equal(response.status, sid === "" ? 200 : 400, sid); // an empty one is none: a handshake
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
    "a second DISCONNECT": ["41", "41"],
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
      assert.equal(await closing(connection), 1000);
      await assertServes();
    });
  }
  it("attachments announced and never sent: the ping time-out takes them", async () => {
    const connection = await openClient();
    connection.send(encodeFrame("text", `4510-["x",{"_placeholder":true,"num":0}]`));
    assert.equal(await closing(connection), 1000);
  });
});

describe("dialogue:* requests", () => {
  it("odd payloads are refused by name, and the client stays", async () => {
    const client = await connectClient(server(), "odd");
    await client.ask("dialogue:join", { roomId: "chat" });
    let nested = {};
    for (let i = 0; i < 60; i++) nested = { nested };
    const refusals = [
      ["dialogue:join", { roomId: "x".repeat(50_000) }, "INVALID_REQUEST"],
      ["dialogue:join", { roomId: "chat", since: { epoch: 1, offset: "x" } }, "INVALID_REQUEST"],
      ["dialogue:join", { roomId: "chat", since: [] }, "INVALID_REQUEST"],
      ["dialogue:join", { roomId: "\0" }, "INVALID_REQUEST"],
      ["dialogue:trigger", { roomId: "chat", event: "y".repeat(50_000), data: {} }, "INVALID_REQUEST"],
      ["dialogue:trigger", { roomId: "chat", event: "message", data: { text: { $gt: "" } } }, "VALIDATION_FAILED"],
      ["dialogue:trigger", { roomId: "chat", event: "message", data: nested }, "VALIDATION_FAILED"],
      ["dialogue:trigger", { roomId: "chat", event: "__proto__", data: {} }, "EVENT_NOT_ALLOWED"],
      ["dialogue:trigger", { roomId: "chat", data: {} }, "INVALID_REQUEST"],
      ["dialogue:subscribe", { roomId: "chat", eventName: 7 }, "INVALID_REQUEST"],
      ["dialogue:getHistory", { roomId: "chat", start: -1 }, "INVALID_REQUEST"],
      ["dialogue:getHistory", { roomId: "chat", start: 5, end: 1 }, "INVALID_REQUEST"],
      ["dialogue:getHistory", { roomId: "chat", start: 0, end: 1e12 }, "INVALID_REQUEST"],
      ["dialogue:getHistory", { roomId: "chat", start: 0.5, end: "x" }, "INVALID_REQUEST"],
      ["dialogue:createRoom", { id: "", name: "x" }, "INVALID_REQUEST"],
      ["dialogue:createRoom", { id: "x".repeat(50_000), name: "x" }, "INVALID_REQUEST"],
      ["dialogue:createRoom", { id: "r", name: "x", maxSize: -5 }, "INVALID_REQUEST"],
      ["dialogue:createRoom", { id: "r", name: "x", maxSize: 1e9 }, "LIMIT_REACHED"],
      ["dialogue:createRoom", { id: "r", name: { a: 1 } }, "INVALID_REQUEST"],
      ["dialogue:deleteRoom", { roomId: "chat" }, "PERMISSION_DENIED"],
      ["dialogue:leave", { roomId: "nowhere" }, "ROOM_NOT_FOUND"],
    ];
    for (const [event, payload, code] of refusals) {
      const answer = await client.ask(event, payload);
      const what = `${event} ${JSON.stringify(payload).slice(0, 80)}: ${JSON.stringify(answer).slice(0, 200)}`;
      assert.deepEqual([answer.ok, answer.error?.code], [false, code], what);
      assert.ok(answer.error.message, what);
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
