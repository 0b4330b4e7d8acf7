// Many clients at once: 2,000 connects in one go, 10,000 connections opened and dropped.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { residentMemory, startWitnessed } from "./support/measure.mjs";
import { RawConnection, encodeFrame, encodeRequest, upgradeHeaders } from "./support/rawconnection.mjs";
import { sleep } from "./support/websocket.mjs";

const patience = 120_000;
// A server that takes in a thousand clients a second is busy: a message may wait for some handshakes, not for all.
const storm = { share: 1 / 2 };

let witnessed;
let server;
let atStart; // MB
before(async () => {
  witnessed = await startWitnessed({
    limits: { maxConnections: 15_000, maxConnectionsPerIp: 15_000, maxSessions: 15_000, maxSessionsPerIp: 15_000 },
  });
  server = witnessed.server;
  atStart = residentMemory(server.pid);
});
after(() => witnessed?.stop());

/** A WebSocket, connected to the main namespace and in the room. */
async function join() {
  const connection = await RawConnection.open(server.port);
  connection.send(encodeRequest("GET", "/socket.io/?EIO=4&transport=websocket", upgradeHeaders));
  const { status } = await connection.readResponse(patience);
  assert.equal(status, 101);
  connection.send(encodeFrame("text", "40"));
  for (;;) {
    const { data, kind } = await connection.readFrame(patience);
    assert.equal(kind, "text");
    if (data.startsWith("42")) return connection; // dialogue:connected
  }
}

async function openMany(count, atOnce) {
  const connections = [];
  while (connections.length < count) {
    connections.push(...(await Promise.all(Array.from({ length: Math.min(atOnce, count - connections.length) }, join))));
  }
  return connections;
}

/** Some go with a reset, some with a close, as clients do. */
function dropAll(connections) {
  connections.forEach((connection, i) => (i % 10 ? connection.reset() : connection.destroy()));
}

/** Resident memory once it is below `enough` MB, or what it still is after a long while. */
async function memoryBelow(enough) {
  const deadline = Date.now() + patience / 4;
  while (residentMemory(server.pid) >= enough && Date.now() < deadline) await sleep(100);
  return residentMemory(server.pid);
}

describe("many clients", { concurrency: false }, () => {
  it("serves 2,000 that connect at once, and delays nobody", () =>
    witnessed.withoutDelay(async () => {
      const connections = await openMany(2000, 2000);
      assert.equal(connections.filter(({ closed }) => closed).length, 0);
      dropAll(connections);
    }, storm));

  it("takes back the memory of 10,000 connections opened and dropped", async (t) => {
    for (let round = 1; round <= 2; round++) {
      let peak = 0;
      await witnessed.withoutDelay(async () => {
        const connections = await openMany(10_000, 250);
        peak = residentMemory(server.pid);
        dropAll(connections);
      }, storm);
      const enough = atStart + (peak - atStart) / 4; // What stays are tables, as large as they were.
      const after = await memoryBelow(enough);
      const seen = `round ${round}: ${atStart.toFixed(0)} MB at the start, ${peak.toFixed(0)} MB with 10,000, ` +
        `${after.toFixed(0)} MB after`;
      t.diagnostic(seen);
      assert.ok(after < enough, seen);
    }
  });

  it("still serves", async () => {
    const connection = await join();
    connection.destroy();
  });
});
