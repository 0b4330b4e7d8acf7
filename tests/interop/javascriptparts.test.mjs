// The parts of the client for JavaScript (resources/js/client), each alone: what it decides, and what it bounds.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Backoff } from "../../resources/js/client/backoff.js";
import { DialogueError, errorFrom, readAck } from "../../resources/js/client/errors.js";
import { findIo } from "../../resources/js/client/findio.js";
import { Handlers } from "../../resources/js/client/handlers.js";
import { readOptions } from "../../resources/js/client/options.js";
import { Outbox } from "../../resources/js/client/outbox.js";
import { Outcome } from "../../resources/js/client/outcome.js";
import { ParticipantList } from "../../resources/js/client/participants.js";
import { payloadOf } from "../../resources/js/client/payload.js";
import { Requests } from "../../resources/js/client/requests.js";
import { RoomTracker } from "../../resources/js/client/roomtracker.js";
import { ServerEvents } from "../../resources/js/client/serverevents.js";
import { ServerRequests } from "../../resources/js/client/serverrequests.js";
import { Subscriptions } from "../../resources/js/client/subscriptions.js";
import { Teller } from "../../resources/js/client/turns.js";
import * as wire from "../../resources/js/client/wire.js";

const turn = () => new Promise((resolve) => { setImmediate(resolve); });

describe("the outbox", () => {
  const trigger = (id, roomId = "chat", size = 10) => ({ id, roomId, size });
  const filled = (limits, ...triggers) => {
    const outbox = new Outbox({ messages: 100, bytes: 1000, brokenConnections: 20, ...limits });
    for (const each of triggers) outbox.add(each);
    return outbox;
  };
  const sent = (outbox, roomId = "chat") => {
    const ids = [];
    for (let next; (next = outbox.send(roomId)); ) ids.push(next.id);
    return ids;
  };

  it("sends in the order of each room, each once over a connection", () => {
    const outbox = filled({}, trigger("a"), trigger("b", "tea"), trigger("c"));
    assert.deepEqual(sent(outbox), ["a", "c"]);
    assert.deepEqual(sent(outbox), []);
    assert.deepEqual(sent(outbox, "tea"), ["b"]);
    assert.deepEqual(outbox.connectionLost("broken"), []);
    assert.deepEqual(sent(outbox), ["a", "c"]);
  });

  it("is bounded in messages and in bytes, and has room again behind what was taken", () => {
    const outbox = filled({ messages: 2, bytes: 25 }, trigger("a"), trigger("b"));
    assert.throws(() => outbox.add(trigger("c")), { code: "LIMIT_REACHED", message: /2 triggers .*outbox\.messages/ });
    outbox.take("a");
    assert.equal(outbox.bytes, 10);
    assert.throws(() => outbox.add(trigger("c", "chat", 16)), { code: "LIMIT_REACHED", message: /25 bytes \(outbox\.bytes\)/ });
    outbox.add(trigger("c", "chat", 15));
    assert.equal(outbox.size, 2);
    assert.equal(outbox.take("a"), undefined);
  });

  it("gives up what a server closes three times for, and sends it alone the last time", () => {
    const outbox = filled({}, trigger("poison"), trigger("good", "tea"));
    sent(outbox);
    assert.deepEqual(outbox.connectionLost("by server"), []);
    assert.deepEqual([sent(outbox), sent(outbox, "tea")], [["poison"], ["good"]]);
    outbox.take("good");
    outbox.add(trigger("late", "tea"));
    assert.deepEqual(outbox.connectionLost("by server"), []);
    assert.equal(outbox.holdsBack, true);
    assert.deepEqual([sent(outbox, "chat"), sent(outbox, "tea")], [["poison"], []]);
    assert.deepEqual(outbox.connectionLost("by server").map(({ id }) => id), ["poison"]);
    assert.equal(outbox.holdsBack, false);
    assert.deepEqual(sent(outbox, "tea"), ["late"]);
  });

  it("counts broken connections, which one with nothing on its way begins anew", () => {
    const outbox = filled({ brokenConnections: 3 }, trigger("a"));
    for (let i = 0; i < 2; i++) {
      assert.deepEqual(sent(outbox), ["a"]);
      assert.deepEqual(outbox.connectionLost("broken"), []);
    }
    assert.deepEqual(outbox.connectionLost("broken"), []);
    for (let i = 0; i < 2; i++) {
      sent(outbox);
      assert.deepEqual(outbox.connectionLost("broken"), []);
    }
    sent(outbox);
    assert.deepEqual(outbox.connectionLost("by us"), []); // is nobody's fault
    sent(outbox);
    assert.deepEqual(outbox.connectionLost("broken").map(({ id }) => id), ["a"]);
  });

  it("knows what may have been applied", () => {
    const outbox = filled({}, trigger("a"), trigger("b"), trigger("c", "tea"));
    outbox.send("chat");
    outbox.send("chat");
    outbox.notNow("b");
    outbox.connectionLost("broken");
    assert.deepEqual(outbox.takeUncertain().map(({ id }) => id), ["a"]);
    assert.deepEqual(outbox.takeOutside(new Map([["chat", {}]])).map(({ id }) => id), ["c"]);
    assert.deepEqual(outbox.takeWaiting("chat").map(({ id }) => id), ["b"]);
    assert.equal(outbox.bytes, 0);
  });
});

describe("the tracker of a room", () => {
  const joined = (epoch, offset, recovered) => ({ epoch, offset, recovered });

  it("begins where the room is, without a gap, and takes each event once", () => {
    const tracker = new RoomTracker();
    assert.equal(tracker.since, undefined);
    assert.equal(tracker.joined(joined("e", 5)), undefined);
    assert.deepEqual([4, 5, 6, 6, 9, 7, undefined].map((offset) => tracker.accept(offset)), [false, false, true, false, true, false, true]);
    assert.deepEqual(tracker.position, { epoch: "e", offset: 9 });
  });

  it("goes on where the server recovers, with the events that come", () => {
    const tracker = new RoomTracker({ epoch: "e", offset: 3 });
    assert.equal(tracker.joined(joined("e", 7, true)), undefined);
    assert.deepEqual(tracker.since, { epoch: "e", offset: 3 });
    assert.equal(tracker.accept(4), true);
    assert.deepEqual(tracker.since, { epoch: "e", offset: 4 });
  });

  it("tells of what is not to be had", () => {
    const tracker = new RoomTracker({ epoch: "e", offset: 3 });
    assert.deepEqual(tracker.joined(joined("e", 7, false)), { from: 4, to: 7, isNewLog: false, reason: "unrecoverable" });
    assert.equal(tracker.dropped({ from: 4, to: 7, reason: "dropped" }), undefined); // was told
    assert.equal(tracker.joined(joined("e", 7, false)), undefined); // nothing happened meanwhile
  });

  it("believes no recovery of another log, or of one that went back", () => {
    const tracker = new RoomTracker({ epoch: "e", offset: 3 });
    assert.deepEqual(tracker.joined(joined("f", 9, true)), { from: 1, to: 9, isNewLog: true, reason: "unrecoverable" });
    assert.deepEqual(tracker.joined(joined("f", 2, true)), { from: 1, to: 2, isNewLog: true, reason: "unrecoverable" });
  });

  it("tells of what was dropped, over which the position moves", () => {
    const tracker = new RoomTracker();
    tracker.joined(joined("e", 0));
    assert.deepEqual(tracker.dropped({ from: 1, to: 4, reason: "replaced" }), { from: 1, to: 4, isNewLog: false, reason: "replaced" });
    assert.equal(tracker.dropped({ from: 5, to: 6, reason: "new words" }).reason, "dropped");
    assert.equal(tracker.position.offset, 6);
    assert.equal(tracker.accept(3), true); // One between the two may come yet.
  });
});

describe("subscriptions", () => {
  it("are the defaults and what was changed since, once the defaults are known", () => {
    const subscriptions = new Subscriptions();
    subscriptions.add("typing");
    subscriptions.remove("message");
    assert.equal(subscriptions.all, undefined);
    assert.deepEqual([subscriptions.added, subscriptions.removed], [["typing"], ["message"]]);
    subscriptions.learn(["message", "news"]);
    subscriptions.learn(["other"]);
    assert.deepEqual(subscriptions.all, ["news", "typing"]);
    subscriptions.add("message");
    assert.deepEqual(subscriptions.all.sort(), ["message", "news", "typing"]);
  });
});

describe("the list of who is in a room", () => {
  const user = (userId, connections = 1) => ({ userId, connections });
  const ids = (list) => list.shown.map(({ userId }) => userId);
  const whole = (list, rev, participants) => list.takePage({ rev, users: participants.length, connections: participants.length, participants });

  it("is put together of pages and what changes in between", () => {
    const list = new ParticipantList();
    list.restart();
    assert.equal(list.takePage({ rev: 1, users: 4, connections: 4, participants: [user("a"), user("c")], next: "c" }), "continues");
    assert.equal(list.takeNotice({ rev: 2, users: 4, connections: 4, changes: [user("b"), user("c", 0)] }), "ignored");
    assert.deepEqual(ids(list), []);
    assert.equal(list.takePage({ rev: 2, users: 4, connections: 4, participants: [user("e")] }), "complete");
    assert.deepEqual(ids(list), ["a", "b", "e"]);
    assert.equal(list.takeNotice({ rev: 3, users: 3, connections: 5, changes: [user("e", 2), user("a", 0), user("d")] }), "changed");
    assert.deepEqual(list.shown, [user("b"), user("d"), user("e", 2)]);
    assert.deepEqual(list.counts, { users: 3, connections: 5 });
  });

  it("notices what did not come, and keeps what was known until then", () => {
    const list = new ParticipantList();
    list.restart();
    whole(list, 1, [user("a")]);
    assert.equal(list.takeNotice({ rev: 3, users: 1, connections: 1, changes: [user("b")] }), "missed");
    assert.deepEqual(ids(list), ["a"]);
    assert.equal(list.takeNotice({ rev: 4, users: 1, connections: 1 }), "ignored");
    list.restart();
    assert.equal(whole(list, 9, [user("b")]), "complete");
    assert.equal(list.takeNotice({ rev: 10 }), "missed"); // without counts: ask anew
  });

  it("leaves a server that goes in circles", () => {
    const list = new ParticipantList();
    list.restart();
    assert.equal(list.takePage({ rev: 1, users: 9, connections: 9, participants: [user("b")], next: "b" }), "continues");
    assert.equal(list.takePage({ rev: 1, users: 9, connections: 9, participants: [user("b")], next: "b" }), "missed");
  });
});

describe("what is sent", () => {
  it("is a copy, as JSON would have it", () => {
    const data = { a: [1, undefined, () => 1], b: undefined, c: new Date(0), d: NaN, e: "é", __proto__: null };
    const { value, text } = payloadOf(data);
    assert.deepEqual(value, JSON.parse(JSON.stringify(data)));
    data.a.push(2);
    assert.equal(value.a.length, 3);
    assert.ok(text >= Buffer.byteLength(JSON.stringify(value)) && text < 100, String(text));
    assert.equal(payloadOf(undefined).value, null);
  });

  it("keeps bytes as they are now, and counts them", () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const { value, attachments, largest } = payloadOf({ a: bytes, b: bytes.buffer });
    bytes[0] = 9;
    assert.deepEqual([...value.a, ...value.b], [1, 2, 3, 1, 2, 3]);
    assert.deepEqual([attachments, largest], [6, 3]);
  });

  it("is refused where no JSON has it, with its place", () => {
    const circle = { inner: [] };
    circle.inner.push(circle);
    assert.throws(() => payloadOf(circle), { code: "INVALID_REQUEST", path: "data.inner[0]" });
    assert.throws(() => payloadOf({ a: 1n }), { code: "INVALID_REQUEST", path: "data.a" });
    assert.throws(() => payloadOf({ _placeholder: true, num: 0 }), { code: "INVALID_REQUEST" });
    let deep = [];
    for (let i = 0; i < 600; i++) deep = [deep];
    assert.throws(() => payloadOf(deep), { code: "INVALID_REQUEST", message: /500 levels/ });
  });
});

describe("requests", () => {
  it("are asked in order, and again over the next connection where they may be", () => {
    const requests = new Requests();
    const inside = () => true;
    const ids = ["a", "b"].map((event) => requests.add({ event, roomId: "chat", isRepeatable: event === "b" }));
    assert.deepEqual([requests.send(inside).id, requests.send(inside).id, requests.send(inside)], [...ids, undefined]);
    assert.deepEqual(requests.connectionLost().map(({ event }) => event), ["a"]);
    assert.equal(requests.hasSent, false);
    assert.equal(requests.send(inside).request.event, "b");
  });

  it("wait for their room", () => {
    const requests = new Requests();
    requests.add({ event: "a", roomId: "chat", isFromInside: true });
    assert.equal(requests.send(() => false), undefined);
    assert.equal(requests.send((roomId) => roomId === "chat").request.event, "a");
    assert.deepEqual(requests.takeRoom("chat").map(({ event }) => event), ["a"]);
  });

  it("hear of each reply once, in the order of asking", () => {
    const requests = new Requests();
    for (const asker of ["first", "second"]) requests.add({ event: "join", roomId: "chat", asker });
    requests.send(() => true);
    assert.equal(requests.hear("join", "chat").asker, "first");
    assert.equal(requests.hear("join", "chat"), undefined); // The second was not sent.
    requests.send(() => true);
    assert.equal(requests.hear("join", "tea"), undefined);
    assert.equal(requests.hear("join", "chat").asker, "second");
  });

  it("are bounded", () => {
    const requests = new Requests();
    for (let i = 0; i < 10_000; i++) requests.add({ event: "a" });
    assert.throws(() => requests.add({ event: "a" }), { code: "LIMIT_REACHED" });
    requests.takeAll();
    requests.add({ event: "a" });
  });

  const sized = (text) => ({ event: "ask", size: { text, attachments: 0 } });

  it("are bounded in bytes, and have room again behind what was answered", () => {
    const requests = new Requests(100);
    const first = requests.add(sized(60));
    requests.add({ event: "dialogue:listRooms" }); // A small one.
    assert.throws(() => requests.add(sized(41)), { code: "LIMIT_REACHED", message: /100 bytes \(outbox\.bytes\)/ });
    requests.take(first);
    const second = requests.add(sized(100));
    assert.deepEqual(requests.takeAll().length, 2);
    assert.equal(requests.take(second), undefined);
    requests.add(sized(100));
  });

  it("of a server without acks are what its errors are about", () => {
    const requests = new Requests();
    for (const [event, roomId] of [["dialogue:join", "den"], ["dialogue:createRoom"], ["dialogue:join", "lab"]]) requests.add({ event, roomId });
    for (let i = 0; i < 3; i++) requests.send(() => true);
    assert.equal(requests.takeFailed({ code: "VALIDATION_FAILED" }), undefined);
    assert.equal(requests.takeFailed({ code: "JOIN_DENIED", roomId: "lab" }).roomId, "lab");
    assert.equal(requests.takeFailed({ code: "ROOM_EXISTS" }).event, "dialogue:createRoom");
    assert.equal(requests.takeFailed({ code: "ROOM_NOT_FOUND" }).roomId, "den");
    assert.equal(requests.takeFailed({ code: "ROOM_NOT_FOUND" }), undefined);
  });

  it("are not taken for one by an error whose code is a member of every object", () => {
    for (const code of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      const requests = new Requests();
      requests.add({ event: "dialogue:join", roomId: "chat", done: () => {} });
      requests.send(() => true);
      assert.equal(requests.takeFailed({ code }), undefined, code);
    }
  });
});

describe("options", () => {
  const url = "http://127.0.0.1:3000";

  it("have the defaults of the Qt client", () => {
    const { timeouts, outbox, reconnectionAttempts, path } = readOptions({ url });
    assert.deepEqual(timeouts, { connect: 10_000, request: 10_000, waiting: 0, check: 5000, trigger: 120_000 });
    assert.deepEqual(outbox, { messages: 1000, bytes: 4_194_304, brokenConnections: 20 });
    assert.deepEqual([reconnectionAttempts, path], [0, "/socket.io/"]);
  });

  it("take the path of a url for the endpoint's", () => {
    assert.deepEqual([readOptions({ url: `${url}/chat/socket.io/` })].map(({ url: at, path }) => [at, path]), [[`${url}/`, "/chat/socket.io/"]]);
    assert.equal(readOptions({ url: `${url}/chat`, path: "/io/" }).path, "/io/");
  });

  for (const [options, message] of [
    [{ url, ur: 1 }, /^ur: is no option; known here: url, path, /],
    [{}, /^url: is missing/],
    [{ url: "nowhere at all" }, /^url: "nowhere at all" is no URL/],
    [{ url: "ftp://a" }, /^url: must begin with http/],
    [{ url: "http://ann:secret@a" }, /^url: must name no user and password/],
    [{ url: 7 }, /^url: must be text, not 7/],
    [{ url, timeouts: { request: "5s" } }, /^timeouts\.request: must be a number of milliseconds from 1 to 2147483647, not "5s"/],
    [{ url, timeouts: { trigger: 2 ** 31 } }, /^timeouts\.trigger: must be a number of milliseconds from 1 to 2147483647, not 2147483648/],
    [{ url, timeouts: { requests: 5 } }, /^timeouts\.requests: is no option/],
    [{ url, outbox: { messages: 0 } }, /^outbox\.messages: must be a whole number of at least 1, not 0/],
    [{ url, outbox: 7 }, /^outbox: must be an object, not 7/],
    [{ url, auth: "token" }, /^auth: must be an object, or a function that gives one, not "token"/],
    [{ url, transports: ["carrier pigeon"] }, /^transports: must be a list of "websocket" and "polling"/],
    [{ url, reconnectionJitter: 2 }, /^reconnectionJitter: must be a number from 0 to 1, not 2/],
    [{ url, io: {} }, /^io: must be a function, not an object/],
  ]) {
    it(`say what is wrong: ${message}`, () => {
      assert.throws(() => readOptions(options), (error) => error.code === "CONFIG_ERROR" && message.test(error.message) && !/secret/.test(error.message));
    });
  }
});

describe("errors", () => {
  it("are read from an ack, whatever a server says", () => {
    assert.deepEqual(readAck({ ok: true, offset: 7 }), [null, { ok: true, offset: 7 }]);
    const [error] = readAck({ ok: false, error: { code: "RATE_LIMITED", message: "Slower", path: "data", retryAfter: 5, faults: [{ message: "m" }, 7] } });
    assert.deepEqual(error.toJSON(), { code: "RATE_LIMITED", message: "Slower", path: "data", retryAfter: 5, faults: [{ message: "m" }] });
    for (const nothing of [undefined, null, 7, {}, [], { ok: "yes" }]) assert.equal(readAck(nothing)[0].code, "PROTOCOL_VIOLATION");
    for (const odd of [undefined, 7, {}, { code: 7, retryAfter: -1, faults: {} }]) {
      const { code, retryAfter, faults } = errorFrom(odd);
      assert.deepEqual([code, retryAfter, faults], ["INVALID_REQUEST", undefined, undefined]);
    }
  });
});

describe("what a server says", () => {
  const event = { event: "message", roomId: "chat", from: "ann", timestamp: 1, data: null, offset: 3 };
  it("is taken with members that are not known here", () => {
    assert.equal(wire.readEvent({ ...event, more: 1 }).offset, 3);
  });
  for (const [reader, said] of [
    ["readEvent", undefined], ["readEvent", []], ["readEvent", { ...event, offset: 1.5 }], ["readEvent", { ...event, offset: -1 }],
    ["readEvent", { ...event, roomId: "" }], ["readEvent", { ...event, timestamp: "now" }],
    ["readJoined", { roomId: "chat", roomName: "Chat", epoch: "", offset: 0 }], ["readJoined", { roomId: "chat", roomName: "Chat", epoch: "e", offset: 2 ** 60 }],
    ["readHistory", { events: {} }], ["readHistory", { events: [7] }], ["readPresence", { roomId: "chat", rev: 1, changes: [{}] }],
    ["readRooms", { rooms: [{ id: "a" }] }], ["readGap", { roomId: "chat", from: 1 }], ["readConnected", { clientId: "a" }],
  ]) {
    it(`is refused where it is wrong: ${reader} of ${JSON.stringify(said)}`, () => {
      assert.throws(() => wire[reader](said), { code: "PROTOCOL_VIOLATION" });
    });
  }
});

describe("handlers", () => {
  it("are called as they were added, but for those that were taken away, also by one before", () => {
    const handlers = new Handlers();
    const heard = [];
    const offs = [];
    const twice = () => heard.push("twice");
    handlers.add("a", () => { heard.push("first"); offs.forEach((off) => off()); });
    offs.push(handlers.add("a", () => heard.push("taken away")), handlers.add("a", twice));
    handlers.add("a", twice);
    handlers.call("a");
    handlers.call("b");
    assert.deepEqual(heard, ["first", "twice"]);
    assert.equal(handlers.has("b"), false);
  });
});

describe("what a server says besides", () => {
  it("may have a number for a name, as Socket.IO lets it", () => {
    const told = [];
    const session = {
      tell: (call) => call(),
      direct: { call: (name, message) => told.push([name, message.event, message.data]) },
      serverRequests: { answers: () => false },
    };
    new ServerEvents(session).take(42, ["x"]);
    assert.deepEqual(told, [["42", "42", "x"], ["*", "42", "x"]]);
  });
});

describe("what a server asks", () => {
  it("is answered, but for more at once than limits.requests", async () => {
    const told = [];
    const requests = new ServerRequests(2, (error) => told.push(error), ({ text }) => (text > 50 ? new DialogueError("PAYLOAD_TOO_LARGE", "Too large") : undefined));
    let finish;
    requests.setHandler("wait", () => new Promise((resolve) => { finish = resolve; }));
    requests.setHandler("large", () => "x".repeat(100));
    const ask = (event) => requests.answer({ event });
    assert.equal((await ask("large")).error.code, "PAYLOAD_TOO_LARGE");
    const waiting = [ask("wait"), ask("wait")];
    const { error } = await ask("wait");
    assert.deepEqual([error.code, error.retryAfter], ["UNAVAILABLE", 1000]);
    finish(7);
    assert.equal(await waiting[1], 7);
    assert.equal((await ask("large")).error.code, "PAYLOAD_TOO_LARGE"); // there is room again
    assert.equal((await ask("unknown")).error.code, "INVALID_REQUEST");
    requests.setHandler("wait", null);
    assert.equal(requests.answers("wait"), false);
  });
});

describe("an outcome", () => {
  const begin = (_, reject) => reject(new Error("no"));

  it("tells its error where nobody looks", async () => {
    const told = [];
    Outcome.of(begin, (error) => told.push(error.message));
    await turn();
    await turn();
    assert.deepEqual(told, ["no"]);
  });

  it("leaves it to who does", async () => {
    const told = [];
    const tell = (error) => told.push(error.message);
    await assert.rejects(async () => { await Outcome.of(begin, tell); }, { message: "no" });
    await Outcome.of(begin, tell).catch(() => {});
    await Outcome.of(begin, tell).then(null, () => {});
    assert.deepEqual(told, []);
    assert.equal(await Outcome.of((resolve) => resolve(7), tell), 7);
  });
});

describe("telling", () => {
  it("is later, in order, and lets others have their turn", async () => {
    const teller = new Teller();
    const heard = [];
    let rounds = 0;
    const again = () => { if (rounds++ < 50) teller.say(again); };
    teller.say(() => heard.push(1));
    teller.say(() => heard.push(2));
    teller.say(again);
    assert.deepEqual(heard, []);
    await turn();
    assert.deepEqual(heard, [1, 2]);
    assert.ok(rounds < 50, `${rounds} rounds within one turn`);
  });
});

describe("waiting for another attempt", () => {
  it("doubles up to its bound, and chance makes it only shorter", () => {
    const still = new Backoff({ reconnectionDelay: 100, reconnectionDelayMax: 1000, reconnectionJitter: 0 });
    assert.deepEqual(Array.from({ length: 6 }, () => still.next()), [100, 200, 400, 800, 1000, 1000]);
    still.reset();
    assert.equal(still.next(), 100);
    const shaken = new Backoff({ reconnectionDelay: 100, reconnectionDelayMax: 100, reconnectionJitter: 1 });
    const delays = Array.from({ length: 200 }, () => shaken.next());
    assert.ok(delays.every((delay) => delay >= 0 && delay <= 100) && new Set(delays).size > 10);
  });
});

describe("finding socket.io-client", () => {
  it("takes the option, then the page's", async () => {
    const own = () => {};
    globalThis.io = () => {};
    try {
      assert.equal(await findIo({ io: own }), own);
      assert.equal(await findIo({}), globalThis.io);
      globalThis.io.protocol = 4;
      await assert.rejects(findIo({}), { code: "CONFIG_ERROR", message: /3 or newer/ });
    } finally {
      delete globalThis.io;
    }
  });

  it("says what to do where there is none", async () => {
    await assert.rejects(findIo({}), { code: "CONFIG_ERROR", message: /npm install socket\.io-client/ }); // not beside resources/js
  });
});
