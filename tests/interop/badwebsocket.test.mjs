// Bad WebSocket handshakes and frames: an error or a close each time, the server goes on, nobody else is disturbed.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { maltreated } from "./support/badinput.mjs";
import { maxPayload, patience, webSocket } from "./support/rawclients.mjs";
import { encodeFrame, encodeRequest, upgradeHeaders } from "./support/rawconnection.mjs";

const { assertServes, closing, open, openWebSocket } = maltreated();

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
