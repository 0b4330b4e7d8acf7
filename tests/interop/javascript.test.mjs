// The client for JavaScript (resources/js) against dialogue-server: rooms, triggers, history, who is there, what is asked either
// way; and what it says where something is wrong.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { applicationServer } from "./support/applicationserver.mjs";
import { chatRoom, startDialogueServer, unlimited } from "./support/dialogue.mjs";
import { closeClients, DialogueClient, DialogueError, failure, makeClient, next, recorded, texts, until } from "./support/javascriptclient.mjs";

const history = { name: "message", history: { enabled: true, limit: 50 } };
const config = {
  roomCreation: { create: "anyone" },
  rateLimit: unlimited,
  engine: { maxPayload: 100_000 },
  rooms: {
    chat: { ...chatRoom, presence: "users" },
    tea: { name: "Tea", events: [history, { name: "cup" }], defaultSubscriptions: ["message"], syncHistoryOnJoin: 10 },
    seat: { name: "Seat", maxSize: 1, events: [{ name: "message" }] },
    free: { name: "Free", defaultSubscriptions: ["*"] },
  },
};

describe("the client for JavaScript", { concurrency: false }, () => {
  let server;
  before(async () => {
    server = await startDialogueServer(config);
  });
  after(() => server?.stop());
  afterEach(closeClients);
  const client = (userId, options) => makeClient(server.url, userId, options);
  const inRoom = async (userId, roomId = "chat", options = undefined) => (await client(userId)).join(roomId, options);

  describe("a connection", () => {
    for (const transports of [["websocket"], ["polling"], ["polling", "websocket"]]) {
      it(`is there by ${transports.join(" and ")}`, async () => {
        const ann = client("ann", { transports });
        assert.equal(ann.state, "connecting");
        const states = [];
        ann.onStateChanged((state) => states.push(state));
        await ann.connect();
        assert.deepEqual([ann.connected, ann.userId, typeof ann.clientId, transports.includes(ann.transport)], [true, "ann", "string", true]);
        const chat = await ann.join("chat");
        const heard = next((handler) => chat.on("message", handler));
        chat.trigger("message", { text: "hello" });
        assert.deepEqual((await heard)[0].data, { text: "hello" });
        const gone = next((handler) => ann.onDisconnect(handler));
        ann.disconnect();
        assert.equal(ann.state, "disconnected");
        await gone;
        assert.deepEqual(states, ["connecting", "connected", "disconnected"]);
        assert.deepEqual(ann.errors, []);
      });
    }

    it("is not made unasked with autoConnect: false, and requests wait for it", async () => {
      const ann = client("ann", { autoConnect: false });
      const joined = ann.join("chat");
      await new Promise((resolve) => { setImmediate(resolve); });
      assert.equal(ann.state, "disconnected");
      ann.connect();
      assert.equal((await joined).roomName, "Chat");
    });

    it("is waited for as long as timeouts.waiting allows", async () => {
      const ann = client("ann", { autoConnect: false, timeouts: { waiting: 30 } });
      const errors = await Promise.all([ann.join("chat"), ann.listRooms()].map(failure));
      assert.deepEqual(errors.map(({ code }) => code), ["TIMEOUT", "TIMEOUT"]);
      assert.match(errors[0].message, /timeouts\.waiting/);
    });

    it("comes back to its rooms after disconnect() and connect()", async () => {
      const ann = client("ann");
      const chat = await ann.join("chat");
      ann.disconnect();
      await next((handler) => chat.onJoined(handler));
      assert.equal(chat.joined, false);
      const said = chat.trigger("message", { text: "while away" });
      assert.equal(ann.outboxSize, 1);
      ann.connect();
      assert.ok((await said).offset > 0);
      assert.equal(chat.joined, true);
    });

    it("asks a function for its auth anew, which may take its time", async () => {
      let asked = 0;
      const ann = client("", { auth: async () => ({ userId: `ann ${++asked}` }) });
      await ann.connect();
      assert.equal(ann.userId, "ann 1");
      ann.disconnect();
      await ann.connect();
      assert.equal(ann.userId, "ann 2");
    });

    it("is not tried again where the server refuses who would say the same again", async () => {
      const ann = client("system");
      const error = await failure(ann.connect());
      assert.deepEqual([error.code, ann.state], ["UNAUTHORIZED", "disconnected"]);
      assert.match(error.message, /refused/);
      assert.equal((await failure(ann.join("chat"))).code, "UNAUTHORIZED");
      assert.equal((await failure(ann.listRooms())).code, "UNAUTHORIZED");
      assert.equal(ann.errors.length, 1);
    });

    it("is tried again where auth is a function, and where auth() fails", async () => {
      const answers = [() => ({ userId: "system" }), () => { throw new Error("no token yet"); }, () => ({ userId: "ann" })];
      const ann = client("", { auth: () => answers.shift()() });
      await ann.connect();
      assert.equal(ann.userId, "ann");
      assert.deepEqual(ann.errors.map(({ code }) => code), ["UNAUTHORIZED", "UNAUTHORIZED"]);
      assert.match(ann.errors[1].message, /auth\(\) failed: no token yet/);
    });

    it("is given up after reconnectionAttempts, or at once without reconnection", async () => {
      for (const [options, attempts] of [[{ reconnectionAttempts: 2, reconnectionDelay: 1 }, 2], [{ reconnection: false }, 0]]) {
        const ann = makeClient("http://127.0.0.1:1", "ann", options);
        let scheduled = 0;
        ann.onReconnecting(({ attempt }) => (scheduled = attempt));
        const error = await failure(ann.connect());
        assert.deepEqual([error.code, scheduled, ann.state], ["CONNECTION_LOST", attempts, "disconnected"]);
        assert.match(error.message, /127\.0\.0\.1:1\/ cannot be reached/);
      }
    });

    it("ends for good with close()", async () => {
      const ann = client("ann");
      const chat = await ann.join("chat");
      ann.disconnect();
      const waiting = [failure(chat.trigger("message", { text: "x" })), failure(ann.listRooms()), next((handler) => chat.onLeft(handler))];
      ann.close();
      const [said, listed, [reason]] = await Promise.all(waiting);
      assert.deepEqual([said.code, listed.code, reason], ["CONNECTION_LOST", "CONNECTION_LOST", "The client was closed"]);
      const late = await Promise.all([ann.connect(), ann.join("tea"), ann.listRooms()].map(failure));
      for (const { code, message } of late) assert.deepEqual([code, message], ["CONNECTION_LOST", "The client was closed"]);
      assert.equal((await failure(chat.trigger("message", { text: "x" }))).code, "NOT_IN_ROOM");
    });

    it("says what is wrong with its options", () => {
      assert.throws(() => new DialogueClient({ url: server.url, timeout: 5 }), (error) => error instanceof DialogueError && error.code === "CONFIG_ERROR" && error.path === "timeout");
    });
  });

  describe("a room", () => {
    it("is joined once, and is one context", async () => {
      const ann = client("ann");
      const [one, two] = await Promise.all([ann.join("chat"), ann.join("chat")]);
      assert.equal(one, two);
      assert.equal(await ann.join("chat"), one);
      assert.equal(ann.getRoom("chat"), one);
      assert.deepEqual(ann.rooms, [one]);
      assert.deepEqual([one.roomId, one.roomName, one.joined, one.subscriptions], ["chat", "Chat", true, ["message"]]);
    });

    it("tells why not", async () => {
      const holder = await inRoom("holder", "seat");
      const ann = client("ann");
      assert.equal((await failure(ann.join("nowhere"))).code, "ROOM_NOT_FOUND");
      assert.equal((await failure(ann.join("seat"))).code, "ROOM_FULL");
      assert.equal(ann.getRoom("seat"), undefined);
      await holder.leave();
      assert.equal((await ann.join("seat")).joined, true);
    });

    it("is left, and may be joined again", async () => {
      const ann = client("ann");
      const chat = await ann.join("chat");
      const heard = recorded(chat);
      const left = next((handler) => chat.onLeft(handler));
      const leaving = chat.leave();
      assert.equal(ann.getRoom("chat"), undefined);
      const again = await ann.join("chat");
      await leaving;
      await left;
      assert.notEqual(again, chat);
      await again.trigger("message", { text: "x" });
      assert.deepEqual(heard, []);
      await chat.leave(); // once more, which is nothing
      assert.equal((await failure(chat.getHistory())).code, "NOT_IN_ROOM");
    });

    it("is left before it was joined", async () => {
      const ann = client("ann");
      await ann.connect();
      const joining = failure(ann.join("chat"));
      ann.close();
      assert.equal((await joining).code, "CONNECTION_LOST");
    });

    it("sends its history to who enters, also to a handler that is added then", async () => {
      const ann = client("ann");
      const tea = await ann.join("tea");
      await tea.trigger("message", { text: "one" });
      await tea.trigger("message", { text: "two" });
      const ben = client("ben");
      const synced = next((handler) => ben.onHistory(handler));
      const room = await ben.join("tea");
      const [events] = await next((handler) => room.onHistory(handler));
      assert.deepEqual(texts(events).slice(0, 2), ["two", "one"]);
      assert.equal((await synced)[0], "tea");
    });

    it("is created, listed and deleted, of which all hear", async () => {
      const [ann, ben] = [client("ann"), client("ben")];
      await Promise.all([ann.connect(), ben.connect()]);
      const created = next((handler) => ben.onRoomCreated(handler));
      const info = await ann.createRoom({ id: "kitchen", name: "Kitchen", maxSize: 5 });
      assert.deepEqual([info.id, info.name, info.maxSize, info.createdById], ["kitchen", "Kitchen", 5, "ann"]);
      assert.equal((await created)[0].id, "kitchen");
      assert.ok((await ben.listRooms()).some(({ id }) => id === "kitchen"));
      assert.equal((await failure(ben.createRoom({ id: "kitchen", name: "Mine" }))).code, "ROOM_EXISTS");
      assert.equal((await failure(ben.deleteRoom("kitchen"))).code, "PERMISSION_DENIED");
      const kitchen = await ben.join("kitchen");
      const left = next((handler) => kitchen.onLeft(handler));
      const deleted = next((handler) => ben.onRoomDeleted(handler));
      await ann.deleteRoom("kitchen");
      assert.deepEqual([await left, await deleted], [["The room was deleted"], ["kitchen"]]);
    });

    it("knows who is in it", async () => {
      const ann = client("ann");
      const chat = await ann.join("chat");
      assert.equal(chat.presence, "users");
      await chat.watchParticipants();
      assert.deepEqual(chat.participants, [{ userId: "ann", connections: 1 }]);
      const came = next((handler) => chat.onParticipants(handler));
      const ben = client("ben");
      await ben.join("chat");
      assert.deepEqual(await came, [[{ userId: "ben", connections: 1 }]]);
      assert.deepEqual([chat.userCount, chat.connectionCount, chat.participants.map(({ userId }) => userId)], [2, 2, ["ann", "ben"]]);
      const went = next((handler) => chat.onParticipants(handler));
      ben.close();
      assert.deepEqual(await went, [[{ userId: "ben", connections: 0 }]]);
      assert.equal((await failure((await ann.join("tea")).watchParticipants())).code, "PERMISSION_DENIED");
    });

    it("refuses what no room is", async () => {
      const ann = client("ann");
      for (const roomId of ["", 7, null, undefined, {}]) assert.deepEqual((await failure(ann.join(roomId))).path, "roomId");
      assert.equal((await failure(ann.join("chat", { since: 7 }))).path, "options.since");
      assert.equal((await failure(ann.join("chat", { subscriptions: "message" }))).path, "options.subscriptions");
      assert.equal((await failure(ann.join("chat", { subscription: [] }))).path, "options.subscription");
      assert.equal((await failure(ann.createRoom({ name: "x" }))).path, "room.id");
      assert.equal((await failure(ann.join("chat", { subscriptions: ["nothing"] }))).code, "EVENT_NOT_ALLOWED");
      assert.equal((await ann.join("chat")).joined, true);
    });
  });

  describe("an event", () => {
    it("comes to all, in one order, with its receipt to who said it", async () => {
      const [ann, ben] = [await inRoom("ann"), await inRoom("ben")];
      const heard = [recorded(ann), recorded(ben)];
      const receipts = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? ann : ben).trigger("message", { text: String(i) })));
      await until(() => heard.every(({ length }) => length === 20), "all heard of all");
      assert.deepEqual(heard[0], heard[1]);
      assert.deepEqual(heard[0].map(({ offset }) => offset), receipts.map(({ offset }) => offset).sort((a, b) => a - b));
      const one = heard[0].find(({ id }) => id === receipts[3].id);
      assert.deepEqual([one.from, one.data, one.roomId, one.event, one.timestamp], ["ann", { text: "3" }, "chat", "message", receipts[3].timestamp]);
    });

    it("has meta, and no echo where none is wanted", async () => {
      const [ann, ben] = [await inRoom("ann", "free"), await inRoom("ben", "free")];
      const own = recorded(ann);
      const heard = next((handler) => ben.on("x", handler));
      await ann.trigger("x", null, { meta: { a: [1] }, echo: false });
      const [message] = await heard;
      assert.deepEqual([message.meta, message.data], [{ a: [1] }, null]);
      await ann.trigger("y");
      assert.deepEqual(own.map(({ event }) => event), ["y"]);
    });

    it("carries bytes both ways", async () => {
      const [ann, ben] = [await inRoom("ann", "free"), await inRoom("ben", "free")];
      const heard = next((handler) => ben.on("bytes", handler));
      await ann.trigger("bytes", { a: new Uint8Array([1, 2, 255]), b: [new Uint8Array(0)] });
      const [{ data }] = await heard;
      assert.deepEqual([[...data.a], [...data.b[0]]], [[1, 2, 255], []]);
    });

    it("is heard by who listens, for as long as he does", async () => {
      const room = await inRoom("ann", "free");
      const heard = [];
      const off = room.on("x", ({ data }) => heard.push(`x ${data}`));
      room.on("*", ({ event }) => heard.push(`any ${event}`));
      const offAny = room.onAny((event) => heard.push(`all ${event}`));
      await room.trigger("x", 1);
      off();
      off();
      offAny();
      await room.trigger("x", 2);
      await room.trigger("z", 3);
      assert.deepEqual(heard, ["x 1", "any x", "all x", "any x", "any z"]);
      assert.throws(() => room.on("x", 7), { code: "INVALID_REQUEST", message: /must be a function, not number/ });
      assert.throws(() => room.on("", () => {}), { code: "INVALID_REQUEST", path: "event" });
    });

    it("is told on where a handler throws, and the error is uncaught as any other", async (t) => {
      const room = await inRoom("ann", "free");
      const uncaught = new Promise((resolve) => { globalThis.reportError = resolve; }); // as browsers have it
      t.after(() => { delete globalThis.reportError; });
      room.on("x", () => { throw new Error("of a handler"); });
      const heard = next((handler) => room.on("x", handler));
      room.trigger("x");
      await heard;
      assert.equal((await uncaught).message, "of a handler");
    });

    it("comes to no handler behind leave()", async () => {
      const room = await inRoom("ann", "free");
      const heard = [];
      room.on("x", ({ data }) => {
        heard.push(data);
        room.leave();
      });
      await Promise.allSettled([room.trigger("x", 1), room.trigger("x", 2), room.trigger("x", 3)]);
      assert.deepEqual(heard, [1]);
    });

    it("comes by subscription", async () => {
      const room = await inRoom("ann", "tea");
      const heard = recorded(room);
      await room.trigger("cup", 1);
      await room.subscribe("cup");
      await room.trigger("cup", 2);
      await room.unsubscribe("cup");
      await room.trigger("cup", 3);
      await room.subscribeAll();
      await room.trigger("cup", 4);
      await room.unsubscribe("*");
      await room.trigger("cup", 5);
      assert.deepEqual(heard.map(({ data }) => data), [2, 4]);
      assert.equal((await failure(room.subscribe("saucer"))).code, "EVENT_NOT_ALLOWED");
    });

    it("is refused with what is wrong, field by field", async () => {
      const room = await inRoom("ann");
      const error = await failure(room.trigger("message", { text: "", senderId: 7 }));
      assert.ok(error instanceof DialogueError && error instanceof Error);
      assert.deepEqual([error.code, error.path, error.faults.map(({ pointer, rule }) => [pointer, rule])],
        ["VALIDATION_FAILED", error.faults[0].path, [["/text", "minLength"], ["/senderId", "type"]]]);
      assert.equal((await failure(room.trigger("mesage", {}))).code, "EVENT_NOT_ALLOWED");
      assert.equal((await failure(room.trigger("", {}))).path, "event");
      assert.equal((await failure(room.trigger("message", { text: 1n }))).path, "data.text");
      assert.equal((await failure(room.trigger("message", { text: "x" }, { eco: false }))).path, "options.eco");
      assert.equal((await failure(room.trigger("message", { text: "x" }, { meta: 7 }))).path, "options.meta");
    });

    it("whose promise nobody looks at tells its error by onError", async () => {
      const ann = client("ann");
      const room = await ann.join("chat");
      room.trigger("mesage", {});
      room.subscribe("mesage");
      await until(() => ann.errors.length === 2, "both errors");
      assert.deepEqual(ann.errors.map(({ code }) => code), ["EVENT_NOT_ALLOWED", "EVENT_NOT_ALLOWED"]);
    });

    it("that is too large for the server is not sent, and the others go on", async () => {
      const ann = client("ann");
      const room = await ann.join("free");
      const [large, bytes, small] = await Promise.allSettled([
        room.trigger("x", "é".repeat(60_000)), room.trigger("x", new Uint8Array(100_001)), room.trigger("x", "small"),
      ]);
      assert.deepEqual([large.reason?.code, bytes.reason?.code, small.status], ["PAYLOAD_TOO_LARGE", "PAYLOAD_TOO_LARGE", "fulfilled"]);
      assert.deepEqual([ann.connected, ann.errors], [true, []]);
    });
  });

  describe("history", () => {
    it("is read by pages, and by offsets and times", async () => {
      const room = await inRoom("ann", "tea");
      const receipts = [];
      for (const text of ["a", "b", "c", "d"]) receipts.push(await room.trigger("message", { text }));
      assert.deepEqual(texts(await room.getHistory("message", 0, 2)), ["d", "c"]);
      assert.deepEqual(texts(await room.getHistory(null, 1, 3)), ["c", "b"]);
      assert.deepEqual(texts((await room.getHistory()).slice(0, 4)), ["d", "c", "b", "a"]);
      const between = await room.getHistoryBetween(receipts[1].offset, receipts[2].offset);
      assert.deepEqual([texts(between.events), between.from, between.to, between.more], [["c", "b"], receipts[1].offset, receipts[2].offset, false]);
      const timed = await room.getHistoryBetween({ fromTime: new Date(receipts[3].timestamp), event: "message" });
      assert.equal(texts(timed.events)[0], "d");
    });

    it("refuses what is no question", async () => {
      const room = await inRoom("ann", "tea");
      const questions = [
        [room.getHistory("message", -1), "start"], [room.getHistory("message", 5, 1), "end"], [room.getHistory(7), "event"],
        [room.getHistoryBetween(0, 5), "stretch"], [room.getHistoryBetween(5, 4), "stretch"], [room.getHistoryBetween({ form: 1 }), "stretch.form"],
        [room.getHistoryBetween({ fromTime: "noon" }), "stretch.fromTime"], [room.getHistoryBetween({ fromTime: 5, toTime: 4 }), "stretch.toTime"],
      ];
      const errors = await Promise.all(questions.map(([question]) => failure(question)));
      assert.deepEqual(errors.map(({ code, path }) => [code, path]), questions.map(([, path]) => ["INVALID_REQUEST", path]));
    });
  });

  describe("limits", () => {
    it("of the outbox refuse what is more, and take it again behind that", async () => {
      const ann = client("ann", { outbox: { messages: 2, bytes: 2000 } });
      const room = await ann.join("free");
      ann.disconnect();
      const sizes = [];
      ann.onOutboxChanged((size) => sizes.push(size));
      const kept = [room.trigger("x", 1), room.trigger("x", 2)];
      assert.match((await failure(room.trigger("x", 3))).message, /outbox\.messages/);
      ann.connect();
      await Promise.all(kept);
      ann.disconnect();
      assert.match((await failure(room.trigger("x", "y".repeat(3000)))).message, /outbox\.bytes/);
      assert.deepEqual([sizes.at(0), Math.max(...sizes), ann.outboxSize], [1, 2, 0]);
    });

    it("of time end a trigger that nobody acknowledged", async () => {
      const ann = client("ann", { timeouts: { trigger: 30 } });
      const room = await ann.join("free");
      ann.disconnect();
      assert.equal((await failure(room.trigger("x"))).code, "TIMEOUT");
      assert.equal(ann.outboxSize, 0);
    });
  });

  describe("the application on the server", () => {
    const application = applicationServer();
    const connected = async (userId) => {
      const ann = makeClient(application.url(), userId);
      await ann.connect();
      return ann;
    };

    it("is asked, and asks", async () => {
      const ann = await connected("ann");
      const off = ann.onRequest("ask", async ({ data }) => ({ got: data }));
      assert.deepEqual(await ann.request("ask me", { event: "ask", data: 7, timeout: 5000 }), [{ got: 7 }]);
      ann.onRequest("ask", () => undefined);
      off(); // of the one before, which is nothing
      assert.deepEqual(await ann.request("ask me", { event: "ask", timeout: 5000 }), [null]);
    });

    it("is told where nobody answers, or the handler fails", async () => {
      const ann = await connected("ann");
      const asked = (event) => failure(ann.request("ask me", { event, timeout: 5000 }));
      const heard = next((handler) => ann.on("unheard", handler));
      assert.equal((await asked("unheard")).code, "INVALID_REQUEST");
      assert.deepEqual((({ event, from }) => [event, from])((await heard)[0]), ["unheard", "system"]);
      ann.onRequest("bad", () => { throw new DialogueError("EVENT_BLOCKED", "Not that"); });
      assert.deepEqual((({ code, message }) => [code, message])(await asked("bad")), ["EVENT_BLOCKED", "Not that"]);
      ann.onRequest("broken", () => { throw new Error("secret"); });
      const broken = await asked("broken");
      assert.deepEqual([broken.code, /secret/.test(broken.message)], ["IO_ERROR", false]);
      await until(() => ann.errors.length === 1, "the error, told here");
      assert.match(ann.errors[0].message, /secret/);
      ann.onRequest("endless", () => { const circle = []; circle.push(circle); return circle; });
      assert.equal((await asked("endless")).code, "INVALID_REQUEST");
    });

    it("answers no request that there is not, and none under Socket.IO's own names", async () => {
      const ann = await connected("ann");
      assert.equal((await failure(ann.request("nothing of the kind"))).code, "INVALID_REQUEST");
      assert.equal((await failure(ann.request("disconnect"))).path, "name");
      assert.throws(() => ann.onRequest("connect", () => {}), { code: "INVALID_REQUEST" });
    });
  });
});
