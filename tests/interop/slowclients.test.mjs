// Clients that take their time, on purpose or because they are gone: each is dropped, and delays nobody else.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { connectClient } from "./support/dialogue.mjs";
import { residentMemory, startWitnessed } from "./support/measure.mjs";
import { headerTimeout, impatient, patience, polling, rawClients } from "./support/rawclients.mjs";
import { encodeFrame } from "./support/rawconnection.mjs";
import { sleep } from "./support/websocket.mjs";

let witnessed;
let server;
before(async () => {
  witnessed = await startWitnessed(impatient);
  server = witnessed.server;
});
after(() => witnessed?.stop());

const { open, openSession, openClient, until } = rawClients(() => server);

describe("clients that take their time", () => {
  const crowd = 200;
  const connections = (count) => Promise.all(Array.from({ length: count }, () => open()));
  /** Feeds `pieces` one by one until the server has enough; answers after how long that was. */
  async function drip(connection, pieces) {
    const started = Date.now();
    for (const piece of pieces) {
      if (connection.closed) break;
      connection.send(piece);
      await sleep(100);
    }
    await connection.waitClosed(patience);
    return Date.now() - started;
  }
  const letters = Array(100).fill("a");

  it("nothing sent at all: closed", () =>
    witnessed.withoutDelay(async () => {
      await Promise.all((await connections(crowd)).map((connection) => connection.waitClosed(patience)));
    }));
  it("slow loris on the head: closed, however many bytes trickle in", () =>
    witnessed.withoutDelay(async () => {
      const times = await Promise.all((await connections(crowd)).map((connection) =>
        drip(connection, [`GET ${polling} HTTP/1.1\r\nHost: localhost\r\nX: `, ...letters])));
      assert.ok(Math.min(...times) > headerTimeout / 2, "closed too early");
    }));
  it("slow loris on the body: closed", () =>
    witnessed.withoutDelay(async () => {
      const loris = async (connection) => {
        const sid = await openSession();
        return drip(connection, [`POST ${polling}&sid=${sid} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n4`, ...letters]);
      };
      await Promise.all((await connections(crowd)).map(loris));
    }));
  it("a WebSocket whose client vanishes: gone after the ping time-out, its place free", async () => {
    const client = await connectClient(server, "vanishing");
    await client.ask("dialogue:createRoom", { id: "single", name: "Single", maxSize: 1 });
    const vanishing = await openClient();
    vanishing.send(encodeFrame("text", '42["dialogue:join",{"roomId":"single"}]'));
    await until(vanishing, '42["dialogue:joined"');
    vanishing.socket.pause(); // neither pong nor FIN
    assert.equal((await client.ask("dialogue:join", { roomId: "single" })).error?.code, "ROOM_FULL");
    const deadline = Date.now() + patience;
    while (!(await client.ask("dialogue:join", { roomId: "single" })).ok) {
      assert.ok(Date.now() < deadline, "the place is still taken");
      await sleep(50);
    }
    vanishing.destroy();
    client.close();
  });
  it("a client that never reads is dropped; the others get everything, in order and in time", () =>
    witnessed.withoutDelay(async () => {
      const room = "flooded";
      const sender = await connectClient(server, "sender");
      const reader = await connectClient(server, "reader");
      await sender.ask("dialogue:createRoom", { id: room, name: "Flooded" });
      for (const client of [sender, reader]) {
        await client.ask("dialogue:join", { roomId: room });
        await client.ask("dialogue:subscribeAll", { roomId: room });
      }
      const deaf = await openClient();
      deaf.send(encodeFrame("text", `42["dialogue:join",{"roomId":"${room}"}]`));
      deaf.send(encodeFrame("text", `420["dialogue:subscribeAll",{"roomId":"${room}"}]`));
      await until(deaf, "430");
      deaf.socket.pause();
      const pings = setInterval(() => deaf.send(encodeFrame("text", "3")), 100); // it is there, it just does not read
      const before = residentMemory(server.pid);
      const text = "x".repeat(20_000);
      const count = 1500; // 30 MB, more than the kernel's buffers and the queue together
      for (let i = 0; i < count; i++) {
        sender.emit("dialogue:trigger", { roomId: room, event: "flood", data: { i, text } });
        if (i % 10 === 9) for (let k = 0; k < 10; k++) await sender.next("dialogue:event");
      }
      for (let i = 0; i < count; i++) assert.equal((await reader.next("dialogue:event")).data.i, i);
      const deadline = Date.now() + patience;
      const sizeOf = async () => (await sender.ask("dialogue:listRooms")).rooms.find(({ id }) => id === room).size;
      while ((await sizeOf()) !== 2) {
        assert.ok(Date.now() < deadline, "the one that does not read is still in the room");
        await sleep(20);
      }
      // Besides the queue a room keeps up to 8 MiB for those that come back.
      assert.ok(residentMemory(server.pid) - before < 30, `grew from ${before} to ${residentMemory(server.pid)} MB`);
      clearInterval(pings);
      deaf.destroy();
      sender.close();
      reader.close();
    }, { factor: 20, least: 3 })); // a flood by itself takes its time
});
