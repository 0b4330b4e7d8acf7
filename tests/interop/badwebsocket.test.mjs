// Bad WebSocket handshakes and frames: the status or the close code that tells why each time, the server goes on, nobody else is disturbed.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { maltreated } from "./support/badinput.mjs";
import { maxPayload, patience, webSocket } from "./support/rawclients.mjs";
import { encodeFrame, encodeRequest, upgradeHeaders } from "./support/rawconnection.mjs";

const { assertServes, closing, open, openWebSocket } = maltreated();

describe("WebSocket handshake", () => {
  const without = (name) => Object.fromEntries(Object.entries(upgradeHeaders).filter(([header]) => header !== name));
  const cases = {
    "no key": [without("Sec-WebSocket-Key"), 400],
    "no version": [without("Sec-WebSocket-Version"), 426],
    "a wrong version": [{ ...upgradeHeaders, "Sec-WebSocket-Version": "8" }, 426],
    "another protocol to upgrade to": [{ ...upgradeHeaders, Upgrade: "h2c" }, 400],
  };
  for (const [name, [headers, status]] of Object.entries(cases)) {
    it(`${name}: ${status}`, async () => {
      const connection = await open();
      connection.send(encodeRequest("GET", webSocket, headers));
      assert.equal((await connection.readResponse(patience)).status, status);
      connection.destroy();
      await assertServes();
    });
  }
  it("on a path that is not ours", async () => {
    const connection = await open();
    connection.send(encodeRequest("GET", "/elsewhere", upgradeHeaders));
    assert.equal((await connection.readResponse(patience)).status, 404);
    connection.destroy();
  });
  it("with a wrong EIO, an unknown transport, an unknown sid", async () => {
    const queries = ["EIO=3&transport=websocket", "EIO=4&transport=carrier-pigeon", "EIO=4&transport=websocket&sid=nobody"];
    for (const query of queries) {
      const connection = await open();
      connection.send(encodeRequest("GET", `/socket.io/?${query}`, upgradeHeaders));
      const { status } = await connection.readResponse(patience);
      assert.equal(status, 400, query);
      await connection.waitClosed(patience);
    }
  });
});

describe("WebSocket frames", () => {
  const huge = Buffer.from("81ffffffffffffffffff00000000", "hex"); // announces 2^64-1 bytes
  const cases = {
    "a reserved opcode": [encodeFrame(3, "x"), 1002],
    "a reserved control opcode": [encodeFrame(11, "x"), 1002],
    "the reserved bit RSV1": [encodeFrame("text", "4x", { rsv: 4 }), 1002],
    "the reserved bit RSV2": [encodeFrame("text", "4x", { rsv: 2 }), 1002],
    "the reserved bit RSV3": [encodeFrame("text", "4x", { rsv: 1 }), 1002],
    "a fragmented ping": [encodeFrame("ping", "x", { fin: false }), 1002],
    "a ping of 126 bytes": [encodeFrame("ping", "x".repeat(126)), 1002],
    "a continuation of nothing": [encodeFrame("continuation", "x"), 1002],
    "a new message within a fragmented one": [Buffer.concat([encodeFrame("text", "4x", { fin: false }), encodeFrame("text", "4x")]), 1002],
    "text that is not UTF-8": [encodeFrame("text", Buffer.from("34fffe", "hex")), 1007],
    "an announced length beyond all measure": [huge, 1009],
    "a message over the limit": [encodeFrame("text", `4${"x".repeat(maxPayload)}`), 1009],
    "binary over the limit": [encodeFrame("binary", Buffer.alloc(maxPayload + 1)), 1009],
    "fragments over the limit together": [Buffer.concat([
      encodeFrame("text", `4${"x".repeat(maxPayload - 10)}`, { fin: false }), encodeFrame("continuation", "x".repeat(100))]), 1009],
  };
  for (const [name, [bytes, code]] of Object.entries(cases)) {
    it(`${name}: closed with ${code}`, async () => {
      const connection = await openWebSocket();
      connection.send(bytes);
      assert.equal(await closing(connection), code);
      await assertServes();
    });
  }
  const badCloses = { "03": 1002, "0001": 1002, "03ed": 1002, ffff: 1002, "03e8ff": 1007 };
  for (const [payload, code] of Object.entries(badCloses)) {
    it(`a close frame of ${payload}: closed with ${code}`, async () => {
      const connection = await openWebSocket();
      connection.send(encodeFrame("close", Buffer.from(payload, "hex")));
      assert.equal(await closing(connection), code);
    });
  }
});
