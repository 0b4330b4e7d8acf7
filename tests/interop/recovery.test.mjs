// Connection state recovery as unmodified clients of Socket.IO know it: beside the reference's own server, and with what
// ours does more.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import { Server } from "socket.io";
import { io } from "socket.io-client";
import { io as io3 } from "socket.io-client-3";
import { io as io40 } from "socket.io-client-4.0";
import { chatRoom, connectClient, startDialogueServer, unlimited } from "./support/dialogue.mjs";
import { startWay } from "./support/way.mjs";

const timeout = 20_000;
const maxDisconnection = 1_500;
const room = { ...chatRoom, events: [{ name: "message", history: { enabled: true, limit: 2000 } }], defaultSubscriptions: ["message"] };
const config = {
  recovery: { connectionState: true, maxDisconnection },
  rooms: { chat: room, news: room, pair: { ...room, maxSize: 2 }, brief: { ...room, events: ["message"] } },
  history: { recoveryEvents: 2000 },
  rateLimit: { ...unlimited, requests: { ...unlimited.requests, leave: { maxEvents: 1e6, window: "1s" } } },
};

const until = async (condition, what) => {
  for (const deadline = Date.now() + timeout; !(await condition()); await new Promise((resolve) => { setTimeout(resolve, 10); })) {
    if (Date.now() > deadline) throw new Error(`no ${what} within ${timeout} ms`);
  }
};
const upTo = (count) => Array.from({ length: count }, (_, i) => i + 1);
const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** The reference's server, which says what ours says to these scripts. */
async function startReference() {
  const http = createServer();
  const server = new Server(http, { connectionStateRecovery: { maxDisconnectionDuration: maxDisconnection } });
  server.on("connection", (socket) => {
    socket.on("dialogue:join", ({ roomId }, ack) => {
      socket.join(roomId);
      ack({ ok: true });
    });
    socket.on("dialogue:trigger", ({ roomId, data }, ack) => {
      server.to(roomId).emit("dialogue:event", { data });
      ack({ ok: true });
    });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  return { port: http.address().port, url: `http://127.0.0.1:${http.address().port}`, stop: () => server.close() };
}

/** One whose connection is cut, and which writes down what happens to it. */
class Listener {
  log = [];
  constructor(way, { userId = "listener", make = io, ...options } = {}) {
    this.socket = make(way.url, {
      transports: ["websocket"], forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 60, auth: { userId }, ...options,
    });
    this.socket.on("connect", () => {
      this.log.push(["connect", this.socket.recovered, this.id === undefined || this.id === this.socket.id]);
      this.id = this.socket.id;
      this.connects = (this.connects ?? 0) + 1;
    });
    this.socket.on("disconnect", () => this.log.push(["disconnect"]));
    this.socket.on("dialogue:event", ({ data }) => this.log.push(["event", data]));
  }
  get heard() {
    return this.log.filter(([what]) => what === "event").map(([, data]) => data);
  }
  /** As clients of 3 and 4.0 ask, too. */
  ask(event, ...args) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${event} within ${timeout} ms`)), timeout);
      this.socket.emit(event, ...args, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }
  join(roomId, more = {}) {
    return this.ask("dialogue:join", { roomId, ...more });
  }
  isConnected(times) {
    return until(() => this.socket.connected && this.connects >= times, `connection number ${times}`);
  }
  close() {
    this.socket.disconnect();
  }
}

/** Who says numbers, in one room after the other. */
class Speaker {
  said = 0;
  constructor(socket, rooms) {
    this.socket = socket;
    this.rooms = rooms;
  }
  static async start(server, rooms = ["chat", "news"], userId = "speaker") {
    const socket = io(server.url, { transports: ["websocket"], forceNew: true, auth: { userId } });
    const speaker = new Speaker(socket, rooms);
    for (const roomId of rooms) await socket.timeout(timeout).emitWithAck("dialogue:join", { roomId });
    return speaker;
  }
  async say(count = 1) {
    for (let i = 0; i < count; i++) {
      const data = ++this.said;
      const roomId = this.rooms[data % this.rooms.length];
      const ack = await this.socket.timeout(timeout).emitWithAck("dialogue:trigger", { roomId, event: "message", eventName: "message", data });
      assert.equal(ack.ok, true, JSON.stringify(ack));
    }
  }
  close() {
    this.socket.disconnect();
  }
}

/** What happens to a listener of both rooms in each of these stories, by the server that is asked. */
const stories = {
  "what was missed comes first": async ({ listener, speaker, way }) => {
    await speaker.say(2);
    await until(() => listener.heard.length === 2, "events");
    way.cut();
    await speaker.say(5);
    way.open();
    await listener.isConnected(2);
    await speaker.say(2);
    await until(() => listener.heard.at(-1) === 9, "the last");
  },
  "nothing was missed": async ({ listener, speaker, way }) => {
    await speaker.say(1);
    await until(() => listener.heard.length === 1, "events");
    way.cut();
    way.open();
    await listener.isConnected(2);
    await speaker.say(1);
    await until(() => listener.heard.at(-1) === 2, "the last");
  },
  "it is lost again and again": async ({ listener, speaker, way }) => {
    await speaker.say(1);
    await until(() => listener.heard.length === 1, "events");
    for (let i = 0; i < 4; i++) {
      way.cut();
      await speaker.say(3);
      way.open();
      await listener.isConnected(i + 2);
      await until(() => listener.heard.length === 4 + 3 * i, "what it missed");
    }
  },
  "nothing has come before": async ({ listener, speaker, way }) => {
    way.cut();
    await speaker.say(2);
    way.open();
    await listener.isConnected(2);
    await speaker.say(1);
  },
  "it has said good-bye": async ({ listener, speaker }) => {
    await speaker.say(1);
    await until(() => listener.heard.length === 1, "events");
    listener.socket.disconnect();
    await speaker.say(2);
    listener.socket.connect();
    await listener.isConnected(2);
  },
  "it was away for too long": async ({ listener, speaker, way }) => {
    await speaker.say(1);
    await until(() => listener.heard.length === 1, "events");
    way.cut();
    await speaker.say(2);
    await sleep(maxDisconnection + 300);
    way.open();
    await listener.isConnected(2);
  },
};

async function tell(server, story) {
  const way = await startWay(server.port);
  const listener = new Listener(way);
  const speaker = await Speaker.start(server);
  try {
    await listener.isConnected(1);
    for (const roomId of ["chat", "news"]) assert.equal((await listener.join(roomId)).ok, true);
    await story({ listener, speaker, way });
    await listener.join("chat"); // What was on its way has come.
    return listener.log;
  } finally {
    listener.close();
    speaker.close();
    way.stop();
  }
}

describe("connection state recovery", { concurrency: false }, () => {
  let server;
  let reference;
  before(async () => {
    [server, reference] = await Promise.all([startDialogueServer(config), startReference()]);
  });
  after(async () => {
    await reference?.stop();
    await server?.stop();
  });

  for (const [name, story] of Object.entries(stories)) {
    it(`ends as with the reference where ${name}`, async () => {
      const [ours, theirs] = [await tell(server, story), await tell(reference, story)];
      assert.deepEqual(ours.map(([what, ...rest]) => (what === "connect" ? [what, rest[0] ?? false] : [what, ...rest])),
        theirs.map(([what, ...rest]) => (what === "connect" ? [what, rest[0] ?? false] : [what, ...rest])));
      // And as the same one, where it was recovered.
      assert.ok(ours.every(([what, recovered, isSame]) => what !== "connect" || !recovered || isSame), JSON.stringify(ours));
    });
  }

  const scene = async (run, { rooms = ["chat", "news"], from = server, ...options } = {}) => {
    const way = await startWay(from.port);
    const listener = new Listener(way, options);
    const speaker = await Speaker.start(from, rooms);
    try {
      await listener.isConnected(1);
      for (const roomId of rooms) assert.equal((await listener.join(roomId)).ok, true);
      await speaker.say(1);
      await until(() => listener.heard.length === 1, "the first event");
      await run({ listener, speaker, way });
    } finally {
      listener.close();
      speaker.close();
      way.stop();
    }
  };
  const participants = async (speaker, roomId) => {
    const { rooms } = await speaker.socket.timeout(timeout).emitWithAck("dialogue:listRooms");
    return rooms.find(({ id }) => id === roomId).size;
  };

  it("brings each event once over many cuts, while others come", () => scene(async ({ listener, speaker, way }) => {
    const cuts = 12;
    let isCutting = true;
    const saying = (async () => {
      while (isCutting) await speaker.say(1);
    })();
    for (let i = 0; i < cuts; i++) {
      await sleep(5 * i);
      way.cut();
      await sleep(10);
      way.open();
      await listener.isConnected(i + 2);
    }
    isCutting = false;
    await saying;
    await until(() => listener.heard.length >= speaker.said, "all events");
    assert.deepEqual(listener.heard, upTo(speaker.said));
    const recovered = listener.log.filter(([what, is]) => what === "connect" && is);
    assert.equal(recovered.length, cuts, JSON.stringify(listener.log.filter(([what]) => what === "connect")));
  }));

  it("brings more than is sent at once, in the order it went out", () => scene(async ({ listener, speaker, way }) => {
    way.cut();
    await speaker.say(400);
    way.open();
    await speaker.say(50);
    await until(() => listener.heard.length >= speaker.said, "all events");
    assert.deepEqual(listener.heard, upTo(speaker.said));
    assert.deepEqual(listener.log.filter(([what]) => what === "connect").at(-1), ["connect", true, true]);
  }));

  it("is by polling as by WebSocket", () => scene(async ({ listener, speaker, way }) => {
    way.cut();
    await speaker.say(5);
    way.open();
    await listener.isConnected(2);
    await until(() => listener.heard.length >= speaker.said, "all events");
    assert.deepEqual(listener.heard, upTo(speaker.said));
    assert.equal(listener.socket.recovered, true);
  }, { transports: ["polling"] }));

  it("is before the server knows that the connection is lost, in a room that has no other place", () => scene(async ({ listener, speaker, way }) => {
    assert.equal(await participants(speaker, "pair"), 2);
    way.cut({ unseen: true });
    await speaker.say(3);
    way.open();
    await listener.isConnected(2);
    await until(() => listener.heard.length >= speaker.said, "all events");
    assert.deepEqual(listener.heard, upTo(speaker.said));
    assert.equal(listener.socket.recovered, true);
    assert.equal(await participants(speaker, "pair"), 2);
  }, { rooms: ["pair"] }));

  it("is not where somebody has taken its place meanwhile: it is in no room then, and may ask", () => scene(async ({ listener, speaker, way }) => {
    way.cut();
    await until(async () => await participants(speaker, "pair") === 1, "its leaving");
    const other = await connectClient(server, "other");
    assert.equal((await other.ask("dialogue:join", { roomId: "pair" })).ok, true);
    way.open();
    await listener.isConnected(2);
    assert.equal(listener.socket.recovered, false);
    assert.equal((await listener.join("pair")).error.code, "ROOM_FULL");
    assert.equal(await participants(speaker, "brief"), 1);
    other.close();
    await until(async () => await participants(speaker, "pair") === 1, "its place");
    assert.equal((await listener.join("pair")).ok, true);
  }, { rooms: ["brief", "pair"] }));

  it("is not where not all is there that it missed", () => scene(async ({ listener, speaker, way }) => {
    way.cut();
    await speaker.say(2500);
    way.open();
    await listener.isConnected(2);
    assert.equal(listener.socket.recovered, false);
    assert.deepEqual(listener.heard, [1]);
  }, { rooms: ["brief"] }));

  it("is for who it was alone", () => scene(async ({ listener, speaker, way }) => {
    way.cut({ unseen: true });
    await speaker.say(1);
    const thief = await connectClient(server, "thief", { auth: { userId: "thief", pid: listener.socket._pid, offset: listener.socket._lastOffset } });
    assert.equal(thief.socket.recovered, false);
    assert.notEqual(thief.socket.id, listener.id);
    assert.equal(thief.userId, "thief");
    assert.equal(thief.count("dialogue:event"), 0);
    thief.close();
    way.open();
    await listener.isConnected(2);
    assert.equal(listener.socket.recovered, true);
    await until(() => listener.heard.length >= speaker.said, "all events");
  }));

  it("is for who has no name as well", () => scene(async ({ listener, speaker, way }) => {
    const id = listener.socket.id;
    way.cut();
    await speaker.say(3);
    way.open();
    await listener.isConnected(2);
    assert.equal(listener.socket.recovered, true);
    assert.equal(listener.socket.id, id);
    await until(() => listener.heard.length >= speaker.said, "all events");
    assert.deepEqual(listener.heard, upTo(speaker.said));
  }, { userId: "" }));

  for (const [what, count] of [["a little", 20], ["much", 300]]) {
    it(`sends nothing twice to who joins once more with the offset that it has, after missing ${what}`, () => scene(async ({ listener, speaker, way }) => {
      const joined = new Promise((resolve) => { listener.socket.once("dialogue:joined", resolve); });
      let { epoch, offset } = await listener.join("chat").then(() => joined);
      const twice = [];
      listener.socket.on("dialogue:event", (message) => {
        if (message.offset <= offset) twice.push(message.data);
        else offset = message.offset;
      });
      way.cut();
      await speaker.say(count);
      way.open();
      let ack;
      listener.socket.once("connect", () => {
        ack = listener.join("chat", { since: { epoch, offset } });
      });
      await listener.isConnected(2);
      assert.equal((await ack).recovered, true);
      await speaker.say(10);
      await until(() => listener.heard.at(-1) === speaker.said, "the last");
      // What was on its way to it as it asked may come again: only it knows whether it would have taken it.
      if (count < 64) assert.deepEqual(twice, []);
      assert.deepEqual([...new Set(listener.heard)], upTo(speaker.said));
    }, { rooms: ["chat"] }));
  }

  it("leaves it in its rooms for what it says next", () => scene(async ({ listener, speaker, way }) => {
    way.cut();
    way.open();
    await listener.isConnected(2);
    const ack = await listener.ask("dialogue:trigger", { roomId: "news", event: "message", data: "back" });
    assert.equal(ack.ok, true, JSON.stringify(ack));
    assert.equal((await listener.ask("dialogue:leave", { roomId: "news" })).ok, true);
    await speaker.say(1); // In "chat" or "news", by turns.
    await speaker.say(1);
    await until(() => listener.heard.includes(speaker.said) || listener.heard.includes(speaker.said - 1), "what is said in the other");
  }));

  it("refuses what is no place, and goes on", async () => {
    for (const auth of [{ pid: "", offset: "" }, { pid: "x".repeat(5000), offset: "y" }, { pid: "a", offset: "-1" }, { pid: 1, offset: {} },
      { pid: "\u0000\u{1F600}", offset: "ffffffffffffffffffff-99999999999999999999" }]) {
      const client = await connectClient(server, "odd", { auth: { userId: "odd", ...auth } });
      assert.equal(client.socket.recovered, false, JSON.stringify(auth));
      assert.equal((await client.ask("dialogue:join", { roomId: "chat" })).ok, true);
      client.close();
    }
  });

  for (const [name, make] of [["3.1", io3], ["4.0", io40]]) {
    it(`lets clients of ${name} be, which know nothing of it`, () => scene(async ({ listener, speaker, way }) => {
      await speaker.say(2);
      await until(() => listener.heard.length === 3, "events");
      way.cut();
      way.open();
      await until(() => listener.connects >= 2, "the second connection");
      assert.equal((await listener.join("chat")).ok, true);
    }, { make }));
  }

  it("is not over a restart: it is a new client then, and hears so", async () => {
    const first = await startDialogueServer(config);
    const way = await startWay(first.port);
    const listener = new Listener(way);
    const speaker = await Speaker.start(first);
    await listener.isConnected(1);
    await listener.join("chat");
    await listener.join("news");
    await speaker.say(2);
    await until(() => listener.heard.length === 2, "events");
    speaker.close();
    const { port } = first;
    await first.stop();
    const second = await startDialogueServer(config, { port });
    await listener.isConnected(2);
    assert.equal(listener.socket.recovered, false);
    listener.close();
    way.stop();
    await second.stop();
  });

  it("is off unless it is asked for", async () => {
    const plain = await startDialogueServer({ rooms: config.rooms });
    const client = await connectClient(plain, "plain");
    await client.ask("dialogue:join", { roomId: "chat" });
    let args;
    client.socket.on("dialogue:event", (...all) => { args = all; });
    await client.ask("dialogue:trigger", { roomId: "chat", event: "message", data: 1 });
    await until(() => args, "the event");
    assert.equal(args.length, 1);
    assert.equal(client.socket._pid, undefined);
    client.close();
    await plain.stop();
  });
});
