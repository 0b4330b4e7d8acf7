// The client for JavaScript over connections that are lost in every way: it comes back to its rooms, sees each event once and in
// order or is told of a gap, and what it triggers is applied once.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as forward } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, beforeEach, describe, it } from "node:test";
import * as jose from "jose";
import { Server } from "socket.io";
import { io } from "socket.io-client";
import { io as io40 } from "socket.io-client-4.0";
import { CuttingProxy } from "./support/cuttingproxy.mjs";
import { chatRoom, connectClient, startDialogueServer, unlimited } from "./support/dialogue.mjs";
import { closeClients, failure, makeClient, next, recorded, until } from "./support/javascriptclient.mjs";

const config = {
  rateLimit: unlimited,
  engine: { pingInterval: "150ms", pingTimeout: "350ms" },
  rooms: {
    chat: { ...chatRoom, presence: "users" },
    lab: { name: "Lab", events: [{ name: "n" }, { name: "rare" }], defaultSubscriptions: ["n"] },
    den: { name: "Den", defaultSubscriptions: ["*"] },
  },
};

describe("the client for JavaScript, cut off", { concurrency: false }, () => {
  let server;
  let proxy;
  let observer; // over a connection that nobody cuts
  /** In place of the one that there is. */
  const restart = async (changes = {}) => {
    await server?.stop();
    server = await startDialogueServer({ ...config, ...changes });
    if (proxy) proxy.target = server.port;
  };
  beforeEach(async () => {
    await restart();
    proxy = await CuttingProxy.start(server.port);
  });
  afterEach(async () => {
    closeClients();
    observer?.close();
    observer = undefined;
    proxy.stop();
    proxy = undefined;
    await server.stop();
  });
  const client = (userId, options) => makeClient(proxy.url, userId, options);
  const observed = async (roomId) => {
    observer ??= await connectClient(server, "observer");
    assert.equal((await observer.ask("dialogue:join", { roomId, subscriptions: ["*"] })).ok, true);
    return observer;
  };
  const said = async (roomId, event, data) => assert.equal((await observer.ask("dialogue:trigger", { roomId, event, data })).ok, true);

  for (const [transport, socketIo] of [["websocket", io], ["polling", io], ["websocket", io40]]) {
    it(`by a check notices a network that is gone, before a heartbeat is missed (${transport}${socketIo === io40 ? ", 4.0" : ""})`, async () => {
      await restart({ engine: { pingInterval: "1h", pingTimeout: "1h" } });
      const ann = client("ann", { io: socketIo, transports: [transport], timeouts: { check: 100, connect: 300 } }); // Node would wait on kept connections that are gone, too.
      await ann.join("lab");
      const before = proxy.accepted;
      for (let i = 0; i < 3; i++) ann.checkConnection(); // One that works stays.
      await ann.listRooms();
      assert.deepEqual(ann.errors, []);
      const back = next((handler) => ann.onConnect(handler));
      await until(() => {
        proxy.swallow(); // Whichever connection the next poll takes.
        ann.checkConnection();
        return ann.state !== "connected";
      }, "notices it");
      await back;
      assert.match(ann.errors[0].message, /timeouts\.check/);
      assert.equal(ann.errors[0].code, "CONNECTION_LOST");
      assert.ok(proxy.accepted > before);
    });
  }

  it("by a check begins the attempt that waits, and none where it is disconnected", async () => {
    const hour = 3_600_000;
    const ann = client("ann", { reconnectionDelay: hour, reconnectionDelayMax: hour, reconnectionJitter: 0 });
    await ann.connect();
    proxy.cutAll();
    await until(() => ann.state === "reconnecting", "reconnecting");
    const connected = next((handler) => ann.onConnect(handler));
    ann.checkConnection();
    await connected;
    ann.disconnect();
    ann.checkConnection();
    assert.equal(ann.state, "disconnected");
    ann.close();
    ann.checkConnection();
  });

  const ways = [
    ["a reset", () => proxy.cutAll(), {}],
    ["silence", () => proxy.swallow(), {}],
    ["a frame that ends in its middle", () => proxy.cutAfter(7), {}],
    ["a reset while polling", () => proxy.cutAll(), { transports: ["polling"] }],
    ["a reset, with socket.io-client 4.0", () => proxy.cutAll(), { io: io40 }],
    ["silence, with socket.io-client 4.0 while polling", () => proxy.swallow(), { io: io40, transports: ["polling"] }],
  ];
  for (const [way, cut, options] of ways) {
    it(`comes back from ${way}, and has what it missed of two rooms, in order`, async () => {
      const ann = client("ann", options);
      const [lab, den] = await Promise.all([ann.join("lab"), ann.join("den")]);
      await lab.subscribe("rare");
      const heard = [recorded(lab), recorded(den)];
      const gaps = [];
      ann.onGap((...gap) => gaps.push(gap));
      await observed("lab");
      await observed("den");
      const expected = [];
      let isGone = false;
      ann.onDisconnect(() => (isGone = true));
      for (let i = 0; i < 30; i++) {
        if (i === 10) cut();
        // Between two polls there may be nothing to cut.
        for (; i === 20 && !isGone; await new Promise((resolve) => { setTimeout(resolve, 10); })) cut();
        expected.push(i);
        await said("lab", i % 3 ? "n" : "rare", i);
        await said("den", "any", i);
      }
      await until(() => heard.every(({ length }) => length >= 30), "all that was said");
      for (const each of heard) assert.deepEqual(each.map(({ data }) => data), expected);
      assert.deepEqual([gaps, lab.joined, den.joined, ann.connected], [[], true, true, true]);
      assert.ok(ann.errors.length >= 1 && ann.errors.every(({ code }) => code === "CONNECTION_LOST" || code === "TIMEOUT"));
    });
  }

  it("finds another transport where the first is refused, with old clients too", async () => {
    const front = createServer((request, response) => {
      const onwards = forward({ port: server.port, host: "127.0.0.1", path: request.url, method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
      onwards.on("error", () => response.destroy());
      request.pipe(onwards);
    });
    // It takes no WebSocket, as some proxies do.
    front.on("upgrade", (request, socket) => socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
    front.listen(0, "127.0.0.1");
    await once(front, "listening");
    for (const each of [io, io40]) {
      const ann = makeClient(`http://127.0.0.1:${front.address().port}`, "ann", { io: each, transports: ["websocket", "polling"] });
      const den = await ann.join("den");
      assert.equal(ann.transport, "polling");
      assert.ok((await den.trigger("x", 1)).offset > 0);
      ann.close();
    }
    front.closeAllConnections();
    front.close();
  });

  it("is told of a gap where the server cannot go on, and fetches what there is", async () => {
    await restart({ history: { recoveryEvents: 3 } });
    const ann = client("ann");
    const room = await ann.join("lab");
    const heard = recorded(room);
    await observed("lab");
    await said("lab", "n", 1);
    await until(() => heard.length === 1, "the first");
    proxy.accepting = false;
    proxy.cutAll();
    for (let i = 2; i <= 12; i++) await said("lab", "n", i);
    proxy.accepting = true;
    const [gap] = await next((handler) => room.onGap(handler));
    assert.deepEqual(gap, { from: 2, to: 12, isNewLog: false, reason: "unrecoverable" });
    const kept = await room.getHistoryBetween(gap.from, gap.to);
    assert.deepEqual([kept.to, room.position.offset], [12, 12]);
    await said("lab", "n", 13);
    await until(() => heard.length === 2, "the next");
    assert.deepEqual(heard.map(({ offset }) => offset), [1, 13]);
  });

  it("is told of a log begun anew, when the server was another one", async () => {
    const ann = client("ann");
    const room = await ann.join("den");
    await room.trigger("x", 1);
    const gap = next((handler) => room.onGap(handler));
    await restart();
    const [{ isNewLog, reason }] = await gap;
    assert.deepEqual([isNewLog, reason], [true, "unrecoverable"]);
    assert.ok((await room.trigger("x", 2)).offset >= 1);
  });

  it("goes on from a place that was kept, in another program", async () => {
    const ann = client("ann");
    const room = await ann.join("den");
    await room.trigger("x", 1);
    const { position } = room;
    ann.close();
    await observed("den");
    await said("den", "x", 2);
    await said("den", "x", 3);
    const again = await client("ann").join("den", { since: position });
    const heard = recorded(again);
    await until(() => heard.length === 2, "what was missed");
    assert.deepEqual(heard.map(({ data }) => data), [2, 3]);
  });

  it("keeps in its outbox what is said meanwhile, and it is applied once and in order", async () => {
    const ann = client("ann");
    const room = await ann.join("den");
    const witness = await observed("den");
    proxy.accepting = false;
    proxy.cutAll();
    await next((handler) => ann.onDisconnect(handler));
    const receipts = Array.from({ length: 20 }, (_, i) => room.trigger("x", i));
    assert.equal(ann.outboxSize, 20);
    proxy.accepting = true;
    const offsets = (await Promise.all(receipts)).map(({ offset }) => offset);
    const seen = [];
    for (let i = 0; i < 20; i++) seen.push(await witness.next("dialogue:event"));
    assert.deepEqual(seen.map(({ data, offset }) => [data, offset]), offsets.map((offset, i) => [i, offset]));
    assert.equal(witness.count("dialogue:event"), 0);
    assert.equal(ann.outboxSize, 0);
  });

  it("has a trigger applied once whose ack was lost", async () => {
    const ann = client("ann");
    const room = await ann.join("den");
    const witness = await observed("den");
    proxy.cutAfter(1); // The trigger goes through, and nothing of what is answered.
    const receipt = await room.trigger("x", "once");
    const { id, offset } = await witness.next("dialogue:event");
    assert.deepEqual([receipt.id, receipt.offset], [id, offset]);
    await said("den", "x", "end");
    assert.equal((await witness.next("dialogue:event")).data, "end");
    assert.ok(proxy.accepted >= 2);
  });

  it("does not send again as another user what may have been applied", async () => {
    const ann = client("", { auth: {} }); // whom the server gives another name each time
    const room = await ann.join("den");
    const witness = await observed("den");
    proxy.cutAfter(1);
    const error = await failure(room.trigger("x", "perhaps"));
    assert.equal(error.code, "CONNECTION_LOST");
    assert.match(error.message, /another user; whether it was applied, nobody knows/);
    assert.equal((await witness.next("dialogue:event")).data, "perhaps");
    await room.trigger("x", "sure");
    assert.equal((await witness.next("dialogue:event")).data, "sure");
  });

  it("gives up what the server closes the connection for, and the others go on", async () => {
    const ann = client("ann");
    const room = await ann.join("den");
    const poison = failure(room.trigger("x", Array.from({ length: 11 }, () => new Uint8Array(1)))); // more than engine.maxAttachments
    const good = Array.from({ length: 5 }, (_, i) => room.trigger("x", i));
    const error = await poison;
    assert.equal(error.code, "CONNECTION_LOST");
    assert.match(error.message, /Each time this was sent, the last time alone/);
    assert.equal((await Promise.all(good)).length, 5);
    assert.ok(proxy.accepted <= 6, `${proxy.accepted} connections`);
  });

  it("asks again what may be asked twice, and says of the rest that nobody knows", async () => {
    const ann = client("ann");
    const room = await ann.join("lab");
    await room.trigger("n", 1);
    proxy.swallow();
    const asked = [room.subscribe("rare"), ann.listRooms(), failure(ann.deleteRoom("den"))];
    proxy.cutAll();
    const [, rooms, error] = await Promise.all(asked);
    assert.ok(rooms.some(({ id }) => id === "lab"));
    assert.equal(error.code, "CONNECTION_LOST");
    assert.deepEqual(room.subscriptions.sort(), ["n", "rare"]);
  });

  it("waits for a server that says nothing no longer than it should", async () => {
    const ann = client("ann", { timeouts: { connect: 100 } });
    await ann.connect();
    proxy.accepting = false;
    proxy.cutAll();
    await next((handler) => ann.onDisconnect(handler));
    const silent = await new Promise((resolve) => {
      const nobody = createServer(() => {}).listen(0, "127.0.0.1", () => resolve(nobody));
    });
    proxy.target = silent.address().port;
    proxy.accepting = true;
    await until(() => ann.errors.some(({ code }) => code === "TIMEOUT"), "a time-out");
    proxy.target = server.port;
    await ann.connect();
    silent.closeAllConnections();
    silent.close();
  });

  it("knows anew who is in a room", async () => {
    const ann = client("ann");
    const chat = await ann.join("chat");
    await chat.watchParticipants();
    proxy.accepting = false;
    proxy.cutAll();
    await observed("chat");
    proxy.accepting = true;
    await until(() => chat.participants.some(({ userId }) => userId === "observer") && chat.joined, "who came meanwhile");
    assert.deepEqual(chat.participants.map(({ userId }) => userId), ["ann", "observer"]);
  });

  it("replaces a token before it expires, over the same connection", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dialogue-javascript-"));
    after(() => rmSync(folder, { recursive: true, force: true }));
    const secret = randomBytes(64);
    writeFileSync(join(folder, "secret"), secret);
    await restart({ auth: { jwt: { keys: [{ algorithm: "HS256", secretFile: join(folder, "secret") }] } } });
    let asked = 0;
    const auth = async () => {
      asked++;
      return { token: await new jose.SignJWT({}).setProtectedHeader({ alg: "HS256" }).setSubject("ann").setIssuedAt().setExpirationTime(Math.floor(Date.now() / 1000) + 2).sign(secret) };
    };
    const ann = client("", { auth });
    await ann.connect();
    await until(() => asked >= 3, "a third token");
    assert.deepEqual([ann.connected, ann.userId, ann.errors, proxy.accepted], [true, "ann", [], 1]);
  });

  it("leaves no connection behind, whenever it is closed", async () => {
    for (const options of [{}, { transports: ["polling"] }, { io: io40 }, { io: io40, transports: ["polling", "websocket"] }]) {
      for (let i = 0; i < 20; i++) {
        const ann = client("ann", options);
        ann.join("den").catch(() => {});
        await new Promise((resolve) => { setTimeout(resolve, i); });
        ann.close();
      }
      await until(() => proxy.connections === 0, `no connection of ${JSON.stringify(options)} is left`);
    }
  });

  it("loses nothing over a hundred cuts of every kind", async () => {
    const rooms = ["lab", "den"];
    const cutsWanted = 100;
    const witnessed = new Map(); // id to what was applied under it
    await observed("lab");
    await observed("den");
    observer.socket.on("dialogue:event", ({ id, roomId, offset }) => witnessed.set(id, [...(witnessed.get(id) ?? []), [roomId, offset]]));
    const talkers = Array.from({ length: 6 }, (_, i) => client(`user ${i}`, {
      transports: [i % 3 === 2 ? "polling" : "websocket"], timeouts: { connect: 1500, request: 60_000 },
    }));
    let isTalking = true;
    const books = [];
    const acknowledged = [];
    const talking = [];
    for (const [i, talker] of talkers.entries()) {
      for (const roomId of rooms) {
        const room = await talker.join(roomId);
        const book = { room, roomId, first: room.position.offset + 1, offsets: [], gaps: [] };
        books.push(book);
        room.onGap((gap) => book.gaps.push(gap));
        room.onAny((_, { offset }) => book.offsets.push(offset));
        talking.push((async () => {
          for (let n = 0; isTalking; n++) {
            acknowledged.push({ roomId, ...(await room.trigger("n", { i, n })) });
            await new Promise((resolve) => { setTimeout(resolve, 5); });
          }
        })());
      }
    }
    const kinds = [() => proxy.cutAll(), () => proxy.cutAfter(1 + Math.floor(Math.random() * 500)), () => proxy.swallow(), () => proxy.cutAll()];
    for (let cuts = 0; cuts < cutsWanted; cuts++) {
      if (cuts % 10 === 0) await until(() => talkers.some(({ connected }) => connected), "a connection to cut");
      kinds[cuts % kinds.length]();
      await new Promise((resolve) => { setTimeout(resolve, 40); });
    }
    isTalking = false;
    await Promise.all(talking);
    const last = Object.fromEntries((await observer.ask("dialogue:listRooms")).rooms.map(({ id }) => [id, 0]));
    for (const all of witnessed.values()) for (const [roomId, offset] of all) last[roomId] = Math.max(last[roomId], offset);
    await until(() => books.every(({ room, roomId }) => room.joined && room.position.offset >= last[roomId]), "all to have caught up");

    for (const { id, roomId, offset } of acknowledged) assert.deepEqual(witnessed.get(id), [[roomId, offset]]);
    for (const { roomId, first, offsets, gaps } of books) {
      offsets.forEach((offset, i) => assert.ok(i === 0 || offset > offsets[i - 1], `${roomId}: ${offset} came twice, or out of order`));
      const covered = new Set(offsets);
      for (const { from, to } of gaps) for (let offset = from; offset <= to; offset++) covered.add(offset);
      for (let offset = first; offset <= last[roomId]; offset++) assert.ok(covered.has(offset), `${roomId} lost ${offset}`);
    }
    assert.ok(acknowledged.length > 50, `${acknowledged.length} triggers`);
    console.log(`${proxy.accepted} connections, ${acknowledged.length} triggers applied once, ${books.reduce((sum, { gaps }) => sum + gaps.length, 0)} gaps`);
  });
});

describe("the client for JavaScript, with a server that says what it is told to", { concurrency: false }, () => {
  let http;
  let server;
  let greets;
  let asked; // all that was, as {event, said, ack, socket}
  let answer; // to one of them; undefined is no answer
  const joinedAt = (offset, more = {}) => ({ ok: true, roomId: "chat", roomName: "Chat", epoch: "e", offset, subscriptions: ["*"], ...more });
  const refused = (code, more = {}) => ({ ok: false, error: { code, message: code, ...more } });
  beforeEach(async () => {
    http = createServer();
    server = new Server(http);
    greets = true;
    asked = [];
    answer = ({ event }) => (event === "dialogue:join" ? joinedAt(5) : { ok: true });
    await new Promise((resolve) => { http.listen(0, "127.0.0.1", resolve); });
    server.on("connection", (socket) => {
      if (greets) socket.emit("dialogue:connected", { clientId: socket.id, userId: "ann" });
      socket.onAny((event, ...args) => {
        const ack = args.pop();
        const each = { event, said: args[0], ack, socket };
        asked.push(each);
        const reply = answer(each);
        if (reply === undefined) return;
        if (event === "dialogue:join" && reply.ok) socket.emit("dialogue:joined", reply);
        ack(reply);
      });
    });
  });
  afterEach(async () => {
    closeClients();
    http.closeAllConnections();
    await server.close();
  });
  const url = () => `http://127.0.0.1:${http.address().port}`;
  const cut = () => {
    for (const socket of server.of("/").sockets.values()) socket.conn.close();
  };
  const ofKind = (event) => asked.filter((each) => each.event === event);

  for (const [event, said] of [
    ["dialogue:event", { event: "x", roomId: "chat" }], ["dialogue:event", undefined], ["dialogue:joined", { roomId: "chat" }], ["dialogue:gap", { roomId: "chat", from: "a" }],
    ["dialogue:connected", 7], ["dialogue:roomCreated", { id: 7 }], ["dialogue:history", { roomId: "chat", events: 7 }], ["dialogue:presence", []],
  ]) {
    it(`leaves one that says ${event} ${JSON.stringify(said)}, says so, and comes back`, async () => {
      const ann = makeClient(url(), "ann");
      const chat = await ann.join("chat");
      const gone = next((handler) => ann.onDisconnect(handler));
      server.emit(event, said);
      await gone;
      assert.equal(ann.errors[0].code, "PROTOCOL_VIOLATION");
      assert.ok(ann.errors[0].message.includes(event));
      await until(() => chat.joined, "it is back");
    });
  }

  it("passes by what it does not know, and by rooms that it is not in", async () => {
    const ann = makeClient(url(), "ann");
    await ann.join("chat");
    const heard = next((handler) => ann.on("news", handler));
    server.emit("dialogue:new-in-2040", { a: 1 });
    server.emit("dialogue:event", { event: "x", roomId: "elsewhere", from: "b", timestamp: 1, data: 1 });
    server.emit("news", 1, 2);
    assert.deepEqual((await heard)[0].data, [1, 2]);
    assert.deepEqual(ann.errors, []);
  });

  it("tells of what was dropped, in its place, and once", async () => {
    const ann = makeClient(url(), "ann");
    const chat = await ann.join("chat");
    const told = [];
    chat.onGap(({ from, to, reason }) => told.push([from, to, reason]));
    chat.on("x", ({ offset }) => told.push(offset));
    const event = (offset) => server.emit("dialogue:event", { event: "x", roomId: "chat", from: "b", timestamp: 1, data: 1, offset });
    event(6);
    server.emit("dialogue:gap", { roomId: "chat", from: 7, to: 9, reason: "dropped" });
    event(6);
    event(10);
    await until(() => told.length === 3, "all");
    assert.deepEqual(told, [6, [7, 9, "dropped"], 10]);
    assert.equal(chat.position.offset, 10);
  });

  it("takes an answer to a room that was left for none of the room that was joined since", async () => {
    const ann = makeClient(url(), "ann");
    const chat = await ann.join("chat");
    asked = [];
    answer = () => undefined;
    cut();
    await until(() => asked.length === 1, "it asks to be let in again");
    const left = chat.leave();
    const again = ann.join("chat");
    await until(() => asked.length === 3, "it leaves, and asks once more");
    asked.forEach(({ event, socket, ack }, i) => {
      const said = event === "dialogue:leave" ? { ok: true, roomId: "chat" } : joinedAt(7 + i);
      socket.emit(event === "dialogue:leave" ? "dialogue:left" : "dialogue:joined", said);
      ack(said);
    });
    await left;
    assert.equal((await again).position.offset, 9);
  });

  it("sends again under its old id what a server that drains did not take", async () => {
    const ann = makeClient(url(), "ann");
    const chat = await ann.join("chat");
    answer = ({ event }) => (event === "dialogue:trigger" ? refused("SERVER_DRAINING") : joinedAt(5, { recovered: true }));
    const said = chat.trigger("x", 1);
    await until(() => ofKind("dialogue:trigger").length === 1, "it was asked");
    answer = ({ event }) => (event === "dialogue:trigger" ? { ok: true, offset: 6, timestamp: 7 } : joinedAt(5, { recovered: true }));
    cut();
    const receipt = await said;
    const ids = ofKind("dialogue:trigger").map(({ said: { id } }) => id);
    assert.deepEqual([ids.length, new Set(ids).size, receipt], [2, 1, { id: ids[0], offset: 6, timestamp: 7 }]);
  });

  it("asks again where a room has no place for it for now, from the place where it was", async () => {
    const ann = makeClient(url(), "ann");
    const chat = await ann.join("chat");
    asked = [];
    const refusals = [refused("ROOM_FULL", { retryAfter: 1 }), refused("RATE_LIMITED", { retryAfter: 1 }), refused("UNAVAILABLE")];
    answer = () => refusals.shift() ?? joinedAt(8, { recovered: false });
    const gap = next((handler) => chat.onGap(handler));
    cut();
    assert.deepEqual((await gap)[0], { from: 6, to: 8, isNewLog: false, reason: "unrecoverable" });
    assert.equal(asked.length, 4);
    for (const { said } of asked) assert.deepEqual(said, { roomId: "chat", since: { epoch: "e", offset: 5 }, subscriptions: ["*"] });
  });

  it("leaves a room that does not let it in again, and says so", async () => {
    const ann = makeClient(url(), "ann");
    const chat = await ann.join("chat");
    answer = () => refused("JOIN_DENIED");
    const left = next((handler) => chat.onLeft(handler));
    const waiting = failure(chat.trigger("x", new Uint8Array(1)));
    cut();
    assert.deepEqual(await left, ["JOIN_DENIED"]);
    assert.equal(ann.getRoom("chat"), undefined);
    assert.ok(ann.errors.some(({ code }) => code === "JOIN_DENIED"));
    assert.equal((await waiting).code, "JOIN_DENIED");
  });

  it("comes back with the defaults where its subscriptions are not to be had any more", async () => {
    const ann = makeClient(url(), "ann");
    const chat = await ann.join("chat", { subscriptions: ["old"] });
    answer = ({ said }) => (said.subscriptions ? refused("EVENT_NOT_ALLOWED") : joinedAt(5, { subscriptions: ["new"] }));
    cut();
    await until(() => chat.joined && chat.subscriptions.includes("new"), "it is back");
    assert.deepEqual(chat.subscriptions, ["new"]);
    assert.ok(ann.errors.some(({ code }) => code === "EVENT_NOT_ALLOWED"));
  });

  it("does not ask for a subscription that the server has ended", async () => {
    const ann = makeClient(url(), "ann");
    const chat = await ann.join("chat");
    await chat.subscribe("typing");
    server.emit("dialogue:unsubscribed", { roomId: "chat", eventName: "*" });
    await until(() => !chat.subscriptions.includes("*"), "it is known");
    asked = [];
    cut();
    await until(() => chat.joined && asked.length > 0, "it is back");
    assert.deepEqual(asked[0].said.subscriptions, ["typing"]);
  });

  it("leaves a server that does not answer who comes back, and tries another connection", async () => {
    const ann = makeClient(url(), "ann", { timeouts: { request: 60 } });
    const chat = await ann.join("chat");
    asked = [];
    answer = () => (asked.length > 1 ? joinedAt(5, { recovered: true }) : undefined);
    cut();
    await until(() => asked.length > 1 && chat.joined, "it is back");
    assert.ok(ann.errors.some(({ code }) => code === "TIMEOUT"));
    assert.notEqual(asked[0].socket, asked[1].socket);
  });

  it("is taken out of a room", async () => {
    const ann = makeClient(url(), "ann");
    const chat = await ann.join("chat");
    const left = next((handler) => chat.onLeft(handler));
    server.emit("dialogue:left", { roomId: "chat" });
    assert.deepEqual(await left, ["The server took this client out of the room"]);
    assert.equal((await failure(chat.trigger("x"))).code, "NOT_IN_ROOM");
  });

  it("hears of what nobody asked for", async () => {
    const ann = makeClient(url(), "ann");
    await ann.join("chat");
    server.emit("dialogue:error", { code: "TOKEN_EXPIRED", message: "Nothing new came" });
    await until(() => ann.errors.length === 1, "the error");
    assert.deepEqual([ann.errors[0].code, ann.errors[0].message], ["TOKEN_EXPIRED", "Nothing new came"]);
  });

  it("waits for a greeting no longer than timeouts.connect", async () => {
    greets = false;
    const ann = makeClient(url(), "ann", { timeouts: { connect: 100 }, reconnectionAttempts: 1 });
    const error = await failure(ann.connect());
    assert.deepEqual([error.code, ann.state], ["TIMEOUT", "disconnected"]);
  });

  it("ends a request that is not answered, and stays away from one that disconnects it", async () => {
    const ann = makeClient(url(), "ann", { timeouts: { request: 50 } });
    const chat = await ann.join("chat");
    answer = ({ event }) => (event === "dialogue:join" ? joinedAt(5) : undefined);
    const error = await failure(ann.listRooms());
    assert.deepEqual([error.code, /timeouts\.request/.test(error.message)], ["TIMEOUT", true]);
    const joined = next((handler) => chat.onJoined(handler));
    server.disconnectSockets();
    await joined;
    assert.equal(ann.state, "disconnected");
    assert.match((await failure(ann.listRooms())).message, /The server disconnected this client/);
    ann.connect();
    await until(() => chat.joined, "it is back, when asked");
  });
});
