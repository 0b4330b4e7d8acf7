// The namespace /admin, by npm socket.io-client: who comes in, what each role may, what is watched and done, and what of
// that is written down.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { connectClient, RecordingClient, startDialogueServer, unlimited } from "./support/dialogue.mjs";
import { programFromEnvironment } from "./support/process.mjs";

const password = "correct horse battery";
const roles = ["viewer", "inspector", "operator", "owner"];
const secret = "swordfish-7401";
const login = {
  name: "login",
  schema: { type: "object", properties: { user: { type: "string" }, password: { type: "string" }, pin: { type: "string", "x-sensitive": true } } },
};
const rooms = {
  chat: { events: ["message", login], defaultSubscriptions: ["message"] },
  "game-1": { events: ["move"] },
  "game-2": { events: ["move"] },
};

let folder;
let hash;
let server;
let clients = [];

before(() => {
  folder = mkdtempSync(join(tmpdir(), "dialogue-admin-"));
  hash = execFileSync(programFromEnvironment("DIALOGUE_SERVER"), ["admin", "hash"], { input: password, encoding: "utf8" }).trim();
});
after(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const client of clients) client.close();
  clients = [];
  await server?.stop();
  server = undefined;
});

async function start(config = {}, admin = {}) {
  const accounts = roles.map((role) => ({ name: role, role, password: hash }));
  accounts.push({ name: "gamer", role: "owner", password: hash, rooms: ["game-*"] });
  server = await startDialogueServer({
    rooms, rateLimit: unlimited, ...config,
    admin: { accounts, redact: [{ event: "login", path: "/password", as: "remove" }], ...admin },
  });
}

function knock(auth) {
  const client = new RecordingClient(`${server.url}/admin`, { auth });
  clients.push(client);
  return client;
}

/** Somebody in /admin, with what was said to him on the wire. */
async function enter(account) {
  const client = knock({ account, password });
  client.bytes = [];
  client.socket.io.on("open", () => {});
  client.socket.io.engine.on("data", (data) => client.bytes.push(Buffer.from(data).toString("latin1")));
  client.hello = await client.next("admin:hello");
  client.list = (what, options = {}) => client.ask("admin:list", { what, ...options });
  client.act = (action, args = {}, options = {}) => client.ask("admin:do", { id: `${account}-${++acted}`, action, args, ...options });
  return client;
}
let acted = 0;

async function user(name, room) {
  const client = await connectClient(server, name);
  clients.push(client);
  if (room) assert.equal((await client.ask("dialogue:join", { roomId: room })).ok, true);
  return client;
}

const say = (client, event, data, roomId = "chat") => client.ask("dialogue:trigger", { roomId, event, data });

/** Batches until `count` events were shown or told to be missing. */
async function watched(console_, count, credits = true) {
  const batches = [];
  let seen = 0;
  while (seen < count) {
    const batch = await console_.next("admin:batch");
    batches.push(batch);
    seen += batch.rows.length + batch.dropped.rate + batch.dropped.ring + batch.dropped.queue + batch.dropped.filter;
    if (credits) console_.emit("admin:credit", { watch: batch.watch, number: batch.number });
  }
  return batches;
}

/** The events of a batch, as objects. */
function eventsOf(batch) {
  let place = 0;
  return batch.rows.map(([seq, time, room, event, from, offset, size, attachments, dataSize, metaSize]) => {
    const text = (length) => batch.payloads.subarray(place, (place += length)).toString();
    const data = dataSize ? JSON.parse(text(dataSize)) : undefined;
    const meta = metaSize ? JSON.parse(text(metaSize)) : undefined;
    return { room: batch.names[room], event: batch.names[event], from: batch.names[from], offset, size, data, meta, seq, time, attachments };
  });
}

describe("/admin", () => {
  it("is not there where no account and no token is", async () => {
    server = await startDialogueServer({ rooms });
    const error = await knock({ account: "owner", password }).next("connect_error");
    assert.equal(error.message, "Invalid namespace");
  });

  it("lets in who has an account, and nobody else", async () => {
    await start();
    const { hello } = await enter("operator");
    assert.deepEqual([hello.protocol, hello.account.name, hello.account.role], [1, "operator", "operator"]);
    assert.deepEqual(hello.account.permissions, ["look", "seePayloads", "seeUsers", "act"]);
    assert.ok(hello.actions.includes("disconnectClient") && !hello.actions.includes("deleteRoom"));
    const refusals = [{}, { account: "operator" }, { account: "operator", password: "guessed" }, { account: "mallory", password },
      { token: "anything" }, { account: { $ne: 1 }, password }, { account: "operator", password: hash }];
    for (const auth of refusals) {
      const error = await knock(auth).next("connect_error");
      assert.equal(error.data.code, "UNAUTHORIZED", JSON.stringify(auth));
    }
    // Of two that are wrong nobody learns which account there is.
    const texts = await Promise.all([{ account: "operator", password: "x" }, { account: "nobody", password: "x" }]
      .map(async (auth) => (await knock(auth).next("connect_error")).message));
    assert.equal(texts[0], texts[1]);
  });

  it("lets nobody guess for ever", async () => {
    await start();
    let error;
    for (let i = 0; i < 40 && error?.data.code !== "RATE_LIMITED"; ++i) error = await knock({ token: `guess ${i}` }).next("connect_error");
    assert.equal(error.data.code, "RATE_LIMITED");
    assert.ok(error.data.retryAfter > 0);
  });

  it("asks where somebody comes from", async () => {
    await start({}, { from: ["10.1.0.0/16"] });
    const error = await knock({ account: "owner", password }).next("connect_error");
    assert.equal(error.data.code, "PERMISSION_DENIED");
    assert.match(error.message, /admin\.from/);
  });

  it("takes no more consoles than it may", async () => {
    await start({}, { maxConsoles: 1 });
    const first = await enter("viewer");
    assert.equal((await knock({ account: "owner", password }).next("connect_error")).data.code, "LIMIT_REACHED");
    first.close();
    for (;;) {
      const next = knock({ account: "owner", password });
      const outcome = await Promise.race([next.next("admin:hello", 3000).catch(() => undefined), next.next("connect_error", 3000).catch(() => undefined)]);
      if (outcome?.protocol) break;
    }
  });

  it("does what a role may, and nothing else", async () => {
    await start();
    const ann = await user("ann", "chat");
    const event = { roomId: "chat", event: "message", data: 1 };
    const asked = [
      ["admin:list", { what: "rooms" }, roles],
      ["admin:list", { what: "clients" }, roles],
      ["admin:list", { what: "errors" }, roles],
      ["admin:list", { what: "audit" }, ["owner"]],
      ["admin:get", { what: "room", id: "chat" }, roles],
      ["admin:get", { what: "client", id: ann.clientId }, roles],
      ["admin:get", { what: "stats" }, roles],
      ["admin:watch", { watch: "s", what: "stats" }, roles],
      ["admin:watch", { watch: "m", what: "events" }, roles],
      ["admin:watch", { watch: "e", what: "errors" }, roles],
      ["admin:watch", { watch: "r", what: "rooms", ids: ["chat"] }, roles],
      ["admin:watch", { watch: "c", what: "clients", ids: [ann.clientId] }, roles],
      ["admin:watch", { watch: "a", what: "audit" }, ["owner"]],
      ["admin:watch", { watch: "p", what: "events", fields: "payload" }, ["inspector", "operator", "owner"]],
      ["admin:watch", { watch: "u", what: "events", fields: "payload", unredacted: true }, ["owner"]],
    ];
    const acting = ["operator", "owner"];
    const actions = [
      ["triggerEvent", event, acting], ["sendToUser", { userId: "ann", event: "hi" }, acting],
      ["addParticipant", { roomId: "game-1", clientId: ann.clientId }, acting],
      ["removeParticipant", { roomId: "game-1", clientId: ann.clientId }, acting],
      ["muteUser", { userId: "bob" }, acting], ["liftMute", { userId: "bob" }, acting],
      ["banUser", { userId: "bob" }, acting], ["liftBan", { userId: "bob" }, acting],
      ["eraseEvent", { roomId: "chat", offset: 1 }, ["owner"]], ["eraseUser", { userId: "bob" }, ["owner"]],
      ["broadcastToRoom", { roomId: "chat", event: "hi" }, ["owner"]], ["broadcast", { event: "hi" }, ["owner"]],
      ["createRoom", { id: "new", name: "New" }, ["owner"]], ["updateRoom", { roomId: "new", name: "Newer" }, ["owner"]],
      ["deleteRoom", { roomId: "new" }, ["owner"]], ["drain", {}, ["owner"]],
    ];
    for (const role of roles) {
      const console_ = await enter(role);
      for (const [name, request, may] of asked) {
        const reply = await console_.ask(name, request);
        assert.equal(reply.ok ? "ok" : reply.error.code, may.includes(role) ? "ok" : "PERMISSION_DENIED", `${role} ${name} ${JSON.stringify(request)}`);
      }
      for (const [action, args, may] of actions) {
        const reply = await console_.act(action, args, action === "drain" ? { dryRun: true } : {});
        assert.equal(reply.ok ? "ok" : reply.error.code, may.includes(role) ? "ok" : "PERMISSION_DENIED", `${role} ${action}: ${JSON.stringify(reply)}`);
      }
      console_.close();
    }
  });

  it("tells a viewer who nobody is, nor what anybody says", async () => {
    await start();
    const viewer = await enter("viewer");
    const inspector = await enter("inspector");
    const owner = await enter("owner");
    assert.equal((await viewer.ask("admin:watch", { watch: "w", what: "events" })).ok, true);
    assert.equal((await inspector.ask("admin:watch", { watch: "w", what: "events", fields: "payload" })).ok, true);
    assert.equal((await owner.ask("admin:watch", { watch: "w", what: "events", fields: "payload", unredacted: true })).ok, true);
    const ann = await user("annabelle", "chat");
    await say(ann, "login", { user: "visible-name", password: secret, pin: "4711" });

    const [theirs] = eventsOf((await watched(inspector, 1))[0]);
    assert.deepEqual([theirs.room, theirs.event, theirs.from, theirs.data], ["chat", "login", "annabelle", { user: "visible-name", pin: "***" }]);
    const [all] = eventsOf((await watched(owner, 1))[0]);
    assert.deepEqual(all.data, { user: "visible-name", password: secret, pin: "4711" });

    const batch = (await watched(viewer, 1))[0];
    const [row] = eventsOf(batch);
    assert.deepEqual([row.room, row.event, row.offset, row.data, batch.payloads], ["chat", "login", 1, undefined, undefined]);
    const client = (await viewer.list("clients")).rows[0];
    assert.equal(client.userId, row.from, "the same stands for the same");
    assert.equal((await viewer.list("clients", { search: "annabelle" })).total, 0);
    await viewer.ask("admin:get", { what: "client", id: ann.clientId });
    for (const hidden of ["annabelle", "visible-name", secret, "4711", "127.0.0.1"]) {
      assert.ok(!viewer.bytes.some((text) => text.includes(hidden)), `a viewer was sent ${hidden}`);
    }
    assert.ok(!inspector.bytes.some((text) => text.includes(secret) || text.includes("4711")));
  });

  it("is told of its own rooms alone", async () => {
    await start();
    const gamer = await enter("gamer");
    assert.deepEqual((await gamer.list("rooms")).rows.map((room) => room.id), ["game-1", "game-2"]);
    assert.equal((await gamer.ask("admin:get", { what: "room", id: "chat" })).error.code, "ROOM_NOT_FOUND");
    const ann = await user("ann", "chat");
    assert.equal((await gamer.list("clients")).total, 0);
    assert.equal((await gamer.ask("admin:get", { what: "client", id: ann.clientId })).error.code, "NOT_FOUND");
    await ann.ask("dialogue:join", { roomId: "game-1" });
    assert.deepEqual((await gamer.ask("admin:get", { what: "client", id: ann.clientId })).client.rooms.map((room) => room.id), ["game-1"]);
    await gamer.ask("admin:watch", { watch: "w", what: "events", fields: "payload" });
    await say(ann, "message", { text: secret });
    await say(ann, "move", { to: 1 }, "game-1");
    const [event] = eventsOf((await watched(gamer, 1))[0]);
    assert.deepEqual([event.room, event.data, event.seq], ["game-1", { to: 1 }, 0]);
    assert.ok(!gamer.bytes.some((text) => text.includes(secret)));
    for (const [action, args] of [["triggerEvent", { roomId: "chat", event: "message" }], ["deleteRoom", { roomId: "chat" }], ["broadcast", { event: "hi" }],
      ["disconnectUser", { userId: "ann" }], ["banUser", { userId: "ann" }], ["createRoom", { id: "other", name: "Other" }], ["drain", {}]]) {
      assert.equal((await gamer.act(action, args)).error.code, "PERMISSION_DENIED", action);
      assert.equal((await gamer.act(action, args, { dryRun: true })).error.code, "PERMISSION_DENIED", action);
    }
    assert.equal((await gamer.list("audit")).error.code, "PERMISSION_DENIED");
    assert.ok(!gamer.hello.actions.includes("drain") && gamer.hello.actions.includes("deleteRoom"));
    // Of who is elsewhere it is not told that he is.
    await user("bob", "chat");
    for (const userId of ["bob", "nobody"]) assert.equal((await gamer.act("muteUser", { roomId: "game-1", userId }, { dryRun: true })).reaches, 0);
    assert.equal((await gamer.act("muteUser", { roomId: "game-1", userId: "ann" }, { dryRun: true })).reaches, 1);
    assert.equal((await gamer.act("triggerEvent", { roomId: "game-2", event: "move" })).ok, true);
  });

  it("lists however many there are, in pages of any order", async () => {
    const many = Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`room-${(i * 7919) % 700}`, { name: `Name ${i % 10}`, events: ["message"] }]));
    await start({ rooms: many });
    const viewer = await enter("viewer");
    for (const [sort, descending] of [["id", false], ["id", true], ["name", true], ["size", false]]) {
      const ids = [];
      let after;
      do {
        const page = await viewer.list("rooms", { sort, descending, limit: 99, ...(after ? { after } : {}) });
        assert.equal(page.total, 700);
        ids.push(...page.rows.map((room) => room.id));
        after = page.next;
      } while (after);
      assert.equal(new Set(ids).size, 700, `${sort}: each once`);
      if (sort === "id") assert.deepEqual(ids, descending ? [...ids].sort().reverse() : [...ids].sort());
    }
    assert.deepEqual((await viewer.list("rooms", { search: "ROOM-69", limit: 3 })).rows.map((room) => room.id), ["room-69", "room-690", "room-691"]);
    const wrong = [[{ sort: "siz" }, "sort", /did you mean "size"/], [{ after: "nonsense" }, "after", /next/], [{ limit: 501 }, "limit", /1 to 500/], [{ sorted: "id" }, "sorted", /did you mean "sort"/]];
    for (const [options, path, words] of wrong) {
      const { error } = await viewer.list("rooms", options);
      assert.deepEqual([error.code, error.path], ["INVALID_REQUEST", path]);
      assert.match(error.message, words);
    }
  });

  it("lists who is connected, and says all of one", async () => {
    await start();
    for (const name of ["ann", "bob", "cid"]) await user(name, name === "cid" ? "game-1" : "chat");
    const inspector = await enter("inspector");
    const byUser = await inspector.list("clients", { sort: "userId", descending: true });
    assert.deepEqual(byUser.rows.map((client) => [client.userId, client.rooms, client.transport, client.address]),
      ["cid", "bob", "ann"].map((name) => [name, 1, "websocket", "127.0.0.1"]));
    assert.deepEqual((await inspector.list("clients", { room: "game-1" })).rows.map((client) => client.userId), ["cid"]);
    assert.equal((await inspector.list("clients", { room: "nowhere" })).error.code, "ROOM_NOT_FOUND");
    const { client } = await inspector.ask("admin:get", { what: "client", id: byUser.rows[1].id });
    assert.deepEqual(client.rooms, [{ id: "chat", subscriptions: ["message"] }]);
    assert.equal(client.headers.Host, new URL(server.url).host);
    const { room } = await inspector.ask("admin:get", { what: "room", id: "chat" });
    assert.deepEqual([room.size, room.declared, room.events.map((event) => event.name)], [2, true, ["message", "login"]]);
    assert.ok(room.events[1].schema.properties.pin["x-sensitive"]);
  });

  it("erases what was said, and says before how much that is", async () => {
    await start();
    const owner = await enter("owner");
    await owner.act("triggerEvent", { roomId: "chat", event: "message", data: "secret" });
    assert.equal((await owner.act("eraseEvent", { roomId: "chat", offset: 1 }, { dryRun: true })).reaches, 1);
    assert.equal((await owner.act("eraseEvent", { roomId: "chat", offset: 9 }, { dryRun: true })).reaches, 0);
    assert.equal((await owner.act("eraseUser", { userId: "system" }, { dryRun: true })).reaches, 1);
    assert.deepEqual((await owner.act("eraseEvent", { roomId: "chat", offset: 1 })).result, { inMemory: 1, stored: 0 });
    assert.equal((await owner.act("eraseUser", { userId: "system" })).result.inMemory, 0);
    const noted = (await owner.list("audit", { search: "erase" })).rows;
    assert.deepEqual(noted.map((each) => each.action).sort(), ["eraseEvent", "eraseEvent", "eraseUser", "eraseUser"], "and what became of each");
  });

  it("acts once for each id, and says what became of it", async () => {
    const audit = join(folder, "audit.log");
    await start({}, { audit });
    const ann = await user("ann", "chat");
    const bob = await user("bob", "chat");
    const owner = await enter("owner");
    const once = { id: "one", action: "triggerEvent", args: { roomId: "chat", event: "message", data: { n: 1 }, meta: { lang: "en" } }, reason: "to see" };
    const replies = await Promise.all([owner.ask("admin:do", once), owner.ask("admin:do", once), owner.ask("admin:do", once)]);
    assert.deepEqual(replies.map((reply) => reply.result.offset), [1, 1, 1]);
    const event = await ann.next("dialogue:event");
    assert.deepEqual([event.from, event.meta], ["system", { lang: "en", admin: "owner" }]);
    assert.match((await owner.ask("admin:do", { ...once, action: "broadcast", args: { event: "x" } })).error.path, /^id$/);

    assert.deepEqual((await owner.act("deleteRoom", { roomId: "chat" }, { dryRun: true })).reaches, 2);
    assert.deepEqual((await owner.act("disconnectUser", { userId: "ann" }, { dryRun: true })).reaches, 1);
    assert.deepEqual((await owner.act("broadcast", { event: "hi" }, { dryRun: true })).reaches, 2);
    assert.equal((await owner.act("triggerEvent", { roomId: "nowhere", event: "a" }, { dryRun: true })).error.code, "ROOM_NOT_FOUND");

    const several = await owner.ask("admin:do", { id: "several", action: "disconnectClient", each: [{ clientId: ann.clientId }, { clientId: "gone" }, { clientId: bob.clientId }] });
    const [noted] = (await owner.list("audit", { search: "several" })).rows.slice(-1);
    assert.deepEqual(noted.each.map((each) => each.clientId), [ann.clientId, "gone", bob.clientId], "whom it was done to stands there");
    assert.deepEqual([several.done, several.failed, several.results.map((each) => each.ok)], [2, 1, [true, false, true]]);
    await Promise.all([ann.next("disconnect"), bob.next("disconnect")]);

    const wrong = [
      [{ action: "disconnectClien", args: {} }, "action", /did you mean "disconnectClient"/],
      [{ action: "disconnectClient", args: {} }, "args.clientId", /is missing/],
      [{ action: "disconnectClient", args: { clientId: 5 } }, "args.clientId", /text/],
      [{ action: "disconnectClient", each: [{ clientId: "a" }, { client: "b" }] }, "each[1].client", /did you mean/],
      [{ action: "disconnectClient", args: { clientId: "a" }, each: [{ clientId: "a" }] }, "each", /beside/],
      [{ action: "triggerEvent", args: { roomId: "chat", event: "message", data: { _placeholder: true, num: 0 } } }, "args", /placeholder/],
    ];
    for (const [request, path, words] of wrong) {
      const { error } = await owner.ask("admin:do", { id: `wrong-${++acted}`, ...request });
      assert.deepEqual([error.code, error.path], ["INVALID_REQUEST", path], JSON.stringify(error));
      assert.match(error.message, words);
    }

    const page = await owner.list("audit", { limit: 2 });
    assert.deepEqual(page.rows.map((entry) => [entry.action, entry.ended]), [["disconnectClient", true], ["disconnectClient", undefined]]);
    const rest = (await owner.list("audit", { after: page.next })).rows;
    assert.deepEqual(rest.map((entry) => [entry.action, entry.reason]), [["triggerEvent", undefined], ["triggerEvent", "to see"]]);
    const lines = readFileSync(audit, "utf8").trim().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(lines.map((entry) => entry.number), [1, 2, 3, 4]);
    assert.deepEqual([lines[0].account, lines[0].address, lines[0].args.roomId], ["owner", "127.0.0.1", "chat"]);
  });

  it("does nothing that cannot be written down", async () => {
    await start({}, { audit: "/dev/full" });
    const owner = await enter("owner");
    const ann = await user("ann", "chat");
    const reply = await owner.act("disconnectUser", { userId: "ann" });
    assert.equal(reply.error.code, "UNAVAILABLE");
    assert.match(reply.error.message, /audit log cannot be written/);
    assert.equal((await owner.ask("admin:watch", { watch: "p", what: "events", fields: "payload" })).error.code, "UNAVAILABLE");
    assert.equal((await say(ann, "message", 1)).ok, true);
  });

  it("tells in number what a console does not see, and holds nothing back for who does not read", async () => {
    await start();
    const inspector = await enter("inspector");
    await inspector.ask("admin:watch", { watch: "slow", what: "events", fields: "payload" });
    await inspector.ask("admin:watch", { watch: "some", what: "events", maxRate: 5 });
    const ann = await user("ann", "chat");
    const count = 3000;
    const text = "x".repeat(1000);
    const told = [];
    for (let i = 0; i < count; ++i) told.push(say(ann, "message", { i, text }));
    await Promise.all(told);
    const batches = { slow: [], some: [] };
    const total = (name) => batches[name].reduce((sum, batch) => sum + batch.count + batch.dropped.rate + batch.dropped.ring + batch.dropped.queue + batch.dropped.filter, 0);
    // Eight are under way, and no more, until one of them is credited.
    while (batches.slow.length < 8) {
      const batch = await inspector.next("admin:batch");
      batches[batch.watch].push(batch);
      if (batch.watch === "some") inspector.emit("admin:credit", { watch: "some", number: batch.number });
    }
    assert.ok(total("slow") < count);
    inspector.emit("admin:credit", { watch: "slow", number: 8 });
    while (total("slow") < count || total("some") < count) {
      const batch = await inspector.next("admin:batch");
      batches[batch.watch].push(batch);
      inspector.emit("admin:credit", { watch: batch.watch, number: batch.number });
    }
    assert.deepEqual([total("slow"), total("some")], [count, count]);
    assert.ok(batches.slow.some((batch) => batch.dropped.queue > 0));
    assert.ok(batches.some.some((batch) => batch.dropped.rate > 0));
    assert.deepEqual(batches.slow.map((batch) => batch.number), batches.slow.map((_, i) => i + 1));
    const seen = batches.slow.flatMap(eventsOf).map((event) => event.data.i);
    assert.deepEqual(seen, [...seen].sort((a, b) => a - b), "in the order in which they were published");
  });

  it("shows only what is asked for, and stops when that is said", async () => {
    await start();
    const inspector = await enter("inspector");
    await inspector.ask("admin:watch", { watch: "games", what: "events", rooms: ["game-*"], events: ["mo*"], fields: "payload" });
    assert.equal((await inspector.ask("admin:watch", { watch: "games", what: "events" })).error.path, "watch");
    const ann = await user("ann", "chat");
    await ann.ask("dialogue:join", { roomId: "game-2" });
    await say(ann, "message", 1);
    await say(ann, "move", { n: 2 }, "game-2");
    assert.deepEqual(eventsOf((await watched(inspector, 1))[0]).map((event) => event.data), [{ n: 2 }]);
    assert.equal((await inspector.ask("admin:update", { watch: "games", rooms: ["chat"], events: [] })).ok, true);
    const notes = (await (await enter("owner")).list("audit")).rows.map((entry) => [entry.action, entry.args.rooms]);
    assert.deepEqual(notes, [["watchPayloads", ["chat"]], ["watchPayloads", ["game-*"]]], "what is looked at by now stands there, too");
    await say(ann, "move", { n: 3 }, "game-2");
    await say(ann, "message", { n: 4 });
    assert.deepEqual(eventsOf((await watched(inspector, 1))[0]).map((event) => event.data), [{ n: 4 }]);
    assert.equal((await inspector.ask("admin:unwatch", { watch: "games" })).ok, true);
    assert.equal((await inspector.ask("admin:unwatch", { watch: "games" })).error.code, "NOT_FOUND");
    await say(ann, "message", { n: 5 });
    await inspector.ask("admin:watch", { watch: "again", what: "events" });
    await say(ann, "message", { n: 6 });
    const [batch] = await watched(inspector, 1);
    assert.deepEqual([batch.watch, batch.number, batch.rows.length], ["again", 1, 1]);
    for (let i = 0; i < 7; ++i) assert.equal((await inspector.ask("admin:watch", { watch: `more ${i}`, what: "events" })).ok, true);
    assert.equal((await inspector.ask("admin:watch", { watch: "too many", what: "events" })).error.code, "LIMIT_REACHED");
  });

  it("filters at the server, by what may be seen", async () => {
    await start();
    const viewer = await enter("viewer");
    const inspector = await enter("inspector");
    const watch = (console_, filter) => console_.ask("admin:watch", { watch: filter.slice(0, 64), what: "events", filter, ...(console_ === viewer ? {} : { fields: "payload" }) });
    assert.equal((await watch(viewer, "data.price > 10")).error.code, "PERMISSION_DENIED");
    assert.equal((await watch(viewer, 'meta.lang == "en"')).error.code, "PERMISSION_DENIED");
    assert.equal((await watch(viewer, 'from == "ann" || offset == 3')).ok, true);
    assert.equal((await watch(inspector, 'event == "login" && data.user ~ "v*" && (!data.password || data.pin == "4711")')).ok, true);
    const { error } = await watch(inspector, "data.price >");
    assert.deepEqual([error.code, error.path], ["INVALID_REQUEST", "filter"]);
    assert.match(error.message, /column 13/);
    const ann = await user("ann", "chat");
    for (const name of ["vera", "bert", "victor"]) await say(ann, "login", { user: name, password: name === "victor" ? undefined : secret, pin: "4711" });
    // Of the redacted there is no password, and another pin.
    const events = (await watched(inspector, 2)).flatMap(eventsOf);
    assert.deepEqual(events.map((event) => event.data.user), ["vera", "victor"]);
    assert.deepEqual(eventsOf((await watched(viewer, 1))[0]).map((event) => event.offset), [3]);
  });

  it("finds who is slow", async () => {
    await start({ engine: { pingInterval: "300ms" }, limits: { sendQueue: "64MiB" } });
    const viewer = await enter("viewer");
    assert.deepEqual((await viewer.list("slowest")).rows, []);
    const slow = await user("slow", "chat");
    const ann = await user("ann", "chat");
    let row;
    const again = () => new Promise((resolve) => setTimeout(resolve, 30)); // An account may ask 100 times in a second.
    do {
      await again();
      row = (await viewer.list("clients", { limit: 1 })).rows[0];
    } while (row.roundTrip === undefined);
    assert.ok(row.roundTrip > 0 && row.roundTrip < 15_000 && row.queuedBytes === 0);
    slow.socket.io.engine.transport.ws._socket.pause();
    let found;
    do {
      await again();
      for (let i = 0; i < 20; ++i) await say(ann, "message", "x".repeat(100_000));
      found = (await viewer.list("slowest")).rows;
    } while (found[0]?.id !== slow.clientId || found[0].queuedBytes < 1_000_000);
    assert.ok(found[0].queuedBytes > 1_000_000);
    assert.equal((await viewer.ask("admin:get", { what: "client", id: slow.clientId })).client.queuedBytes >= 1_000_000, true);
    slow.socket.io.engine.transport.ws._socket.resume();
  });

  it("keeps figures, with a past", async () => {
    await start();
    const viewer = await enter("viewer");
    assert.equal((await viewer.ask("admin:watch", { watch: "s", what: "stats" })).ok, true);
    const ann = await user("ann", "chat");
    for (let i = 0; i < 20; ++i) await say(ann, "message", i);
    let stats;
    do stats = await viewer.next("admin:stats"); while (!(stats.values.events > 0));
    assert.deepEqual(Object.keys(stats.values).sort(), [...viewer.hello.series].sort());
    assert.equal(stats.values.rooms, 3);
    assert.ok(stats.values.connections >= 2 && stats.values.residentMemory > 1e6 && stats.values.openFiles > 5);
    const past = await viewer.ask("admin:get", { what: "past" });
    assert.equal(past.step, 1);
    assert.equal(past.series.events.length, past.times.length);
    assert.ok(past.series.events.some((each) => each > 0));
    const newer = await viewer.ask("admin:get", { what: "past", since: past.times.at(-1) });
    assert.ok(newer.times.length < past.times.length);
    assert.equal((await viewer.ask("admin:get", { what: "past", id: "10s" })).step, 10);
  });

  it("tells what a request lacks, and goes on", async () => {
    await start();
    const owner = await enter("owner");
    const cases = [
      ["admin:nothing", [{}], undefined, /no request/], ["admin:list", [], undefined, /one argument/], ["admin:list", [1], undefined, /one argument/],
      ["admin:list", [{}], "what", /missing/], ["admin:list", [{ what: "all" }], "what", /rooms, clients, leavers, slowest, sanctions, errors or audit/], ["admin:get", [{ what: "room", id: "x", since: -1 }], "since", /from 0/],
      ["admin:watch", [{ watch: "a", what: "everything" }], "what", /events, stats, errors, audit, rooms or clients/], ["admin:watch", [{ watch: "a", what: "events", fields: "all" }], "fields", /payload/],
      ["admin:watch", [{ watch: "a", what: "events", rooms: [] }], "rooms", /1 to 64/], ["admin:update", [{ watch: "a" }], "watch", /no watch/],
    ];
    for (const [name, args, path, words] of cases) {
      const { error } = await owner.ask(name, ...args);
      assert.ok(error, `${name} ${JSON.stringify(args)}`);
      assert.equal(error.path, path, JSON.stringify(error));
      assert.match(error.message, words);
    }
    assert.equal((await owner.list("rooms")).total, 3);
  });

  it("lets an owner stop the server", async () => {
    await start();
    const owner = await enter("owner");
    assert.equal((await owner.act("drain")).ok, true);
    await owner.next("disconnect");
  });
});
