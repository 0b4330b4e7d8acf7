// The application of docs/migrating-from-socketio.md: its clients see the same of npm socket.io and of what became of it.
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Manager } from "socket.io-client";
import { ways } from "./support/applicationserver.mjs";
import { RecordingClient } from "./support/dialogue.mjs";
import { programFromEnvironment, startProgram } from "./support/process.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** examples/migration/server.mjs where it finds the npm packages. */
function startTheOriginal(folder) {
  copyFileSync(here("../../examples/migration/server.mjs"), join(folder, "server.mjs"));
  symlinkSync(here("node_modules"), join(folder, "node_modules"));
  return startProgram(process.execPath, [join(folder, "server.mjs"), "0"]);
}

/** One cook's connection, and all that came over it and was acknowledged, in its order; but for Dialogue's own events. */
class Cook {
  #manager;
  seen = [];

  constructor(server, transports, token) {
    this.#manager = new Manager(server.url, { transports, reconnection: false });
    this.token = token;
  }

  async enter(namespace = "/", end = "connect") {
    const client = new RecordingClient(this.#manager.socket(namespace, { auth: { token: this.token } }));
    client.socket.onAny((event, ...args) => {
      if (!event.startsWith("dialogue:")) this.seen.push([namespace, event, ...args.filter((arg) => typeof arg !== "function")]);
    });
    client.socket.on("disconnect", (reason) => this.seen.push([namespace, "disconnect", reason]));
    const why = await client.next(end);
    if (why) this.seen.push([namespace, end, why.message, why.data]);
    return client;
  }

  async ask(client, event, ...args) {
    this.seen.push(["acknowledged", event, await client.ask(event, ...args)]);
  }

  lose() {
    this.#manager.engine.close();
  }
}

/** What the clients see of a server: each one's list. */
async function seenOf(server, transports) {
  const cooks = {};
  const cook = (name, token = `${name}'s token`) => (cooks[name] = new Cook(server, transports, token));

  const stranger = cook("stranger", "nobody's token");
  await stranger.enter("/", "connect_error");
  await stranger.enter("/bell", "connect_error");
  await cook("lost").enter("/nowhere", "connect_error");

  const [ann, bob, eve] = ["ann", "bob", "eve"].map((name) => cook(name));
  const [annHere, bobHere, eveHere] = [await ann.enter(), await bob.enter(), await eve.enter()];
  for (const here of [annHere, bobHere, eveHere]) await here.next("welcome");
  annHere.emit("whistle", "which nobody has a handler for");
  await ann.ask(annHere, "enter", "cellar");
  await ann.ask(annHere, "enter", "upstairs");
  await ann.ask(annHere, "enter", "downstairs");
  await bob.ask(bobHere, "enter", "upstairs");
  assert.deepEqual(await annHere.next("entered"), { kitchen: "upstairs", user: "bob" });
  await eve.ask(eveHere, "enter", "downstairs");
  await annHere.next("entered");

  await eve.ask(eveHere, "say", { kitchen: "upstairs", text: "Hello?" });
  await bob.ask(bobHere, "say", { kitchen: "upstairs", text: "Two soups, \u{1f35c} and tea" });
  await Promise.all([annHere.next("said"), bobHere.next("said")]);

  annHere.socket.on("question", (question, ack) => ack(question === "Lunch at noon?"));
  bobHere.socket.on("question", (question, ack) => ack(false));
  await ann.ask(annHere, "ask", { kitchen: "upstairs", question: "Lunch at noon?" });
  await eve.ask(eveHere, "ask", { kitchen: "upstairs", question: "Lunch at noon?" });

  const [annBell, bobBell] = [await ann.enter("/bell"), await bob.enter("/bell")];
  await bob.ask(bobBell, "ring", 7);
  assert.equal(await annBell.next("rung"), 7);

  bobHere.close(); // And stays at the bell.
  assert.equal((await annHere.next("left")).reason, "client namespace disconnect");
  eve.lose();
  assert.equal((await annHere.next("left")).reason, "transport close");
  await bob.ask(bobBell, "ring", 8);
  cooks.browser = { seen: [await (await fetch(server.url)).text()] };
  annHere.close();
  annBell.close();
  bobBell.close();
  return Object.fromEntries(Object.entries(cooks).map(([name, { seen }]) => [name, seen]));
}

/** What a page of an origin is told when it opens a session. */
async function handshakeFor(server, origin) {
  const answer = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers: { origin } });
  const { sid, ...told } = JSON.parse((await answer.text()).slice(1));
  assert.ok(sid);
  return { told, allowed: answer.headers.get("access-control-allow-origin") };
}

describe("an application that has moved from Socket.IO", () => {
  let folder;
  let before;
  let now;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "dialogue-migration-"));
    before = await startTheOriginal(folder);
    now = await startProgram(programFromEnvironment("DIALOGUE_MIGRATION"), ["0"]);
  });
  afterEach(async () => {
    await before?.stop();
    await now?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [name, transports] of Object.entries(ways)) {
    it(`shows its clients what they saw before, by ${name}`, async () => {
      const seen = await seenOf(before, transports);
      assert.deepEqual(await seenOf(now, transports), seen);
      const events = ["welcome", "acknowledged", "entered", "said", "question", "rung", "left", "disconnect"];
      const ofAnn = seen.ann.map(([where, event]) => (where === "acknowledged" ? where : event));
      assert.deepEqual(new Set(ofAnn), new Set(events));
    });
  }

  it("opens its sessions as before", async () => {
    const origin = "https://cooks.example.org";
    assert.deepEqual(await handshakeFor(now, origin), await handshakeFor(before, origin));
  });
});
