// Kills a server that stores its events, again and again, under clients that go on: what they saw goes to the checker.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { io } from "socket.io-client";
import { startDialogueServer, unlimited } from "../support/dialogue.mjs";
import { EIO, ENOSPC, Faults } from "./faults.mjs";
import { QtReader } from "./qtreader.mjs";

const plenty = 10_000_000;
const allDurabilities = ["commit", "sync", "async"];
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const room = (durability) => ({
  events: [{ name: "tick", history: { enabled: true, limit: 1_000_000 } }],
  defaultSubscriptions: ["tick"],
  persistence: { durability },
});

const configOf = (path, durabilities) => ({
  rooms: Object.fromEntries(durabilities.map((durability) => [durability, room(durability)])),
  persistence: { adapter: "sqlite", path },
  history: { recoveryEvents: plenty, recoveryBytes: 1_000_000_000, triggerIdsPerUser: 100_000, requestsPerMinute: 100_000 },
  rateLimit: unlimited,
});

const connectTo = (url, userId) =>
  io(url, { transports: ["websocket"], forceNew: true, auth: { userId }, reconnectionDelay: 20, reconnectionDelayMax: 100 });

/** Sends events to a room, one after the other, each under its id until it is acknowledged. */
class Publisher {
  acks = [];
  #stopped = false;

  constructor(url, roomId, name) {
    this.roomId = roomId;
    this.socket = connectTo(url, name);
    this.done = this.#run(name);
  }

  async #run(name) {
    let joined = false;
    this.socket.on("disconnect", () => (joined = false));
    for (let k = 0; !this.#stopped; ) {
      if (!this.socket.connected) {
        await sleep(10);
        continue;
      }
      const ask = (event, payload) => this.socket.timeout(3000).emitWithAck(event, payload).catch(() => undefined);
      joined ||= (await ask("dialogue:join", { roomId: this.roomId, subscriptions: [] }))?.ok;
      if (!joined) continue;
      const id = `${name}-${k}`;
      const ack = await ask("dialogue:trigger", { roomId: this.roomId, event: "tick", data: { id }, id });
      if (!ack?.ok) continue;
      this.acks.push({ roomId: this.roomId, id, offset: ack.offset });
      ++k;
    }
  }

  stop() {
    this.#stopped = true;
    return this.done;
  }
}

/** Writes down what comes, and comes back to where it was. */
class Reader {
  seen = [];
  #position;

  constructor(url, roomId, name) {
    Object.assign(this, { roomId, name });
    this.socket = connectTo(url, name);
    this.socket.on("connect", () => this.#join());
    this.socket.on("dialogue:event", ({ offset, data }) => {
      this.#position = { ...this.#position, offset };
      this.seen.push({ event: { offset, id: data.id } });
    });
    this.socket.on("dialogue:joined", ({ epoch, offset, recovered }) => {
      const since = this.#asked;
      this.seen.push({ joined: { epoch, offset, recovered: recovered === true, since } });
      if (!recovered) this.#position = { epoch, offset };
    });
  }

  #asked;
  #join() {
    this.#asked = this.#position;
    this.socket.emit("dialogue:join", { roomId: this.roomId, ...(this.#position && { since: this.#position }) });
  }

  get offset() {
    return this.#position?.offset ?? 0;
  }
}

/** All that a room has, oldest first, and its epoch. */
async function logOf(url, roomId) {
  const socket = connectTo(url, `auditor-${roomId}`);
  const joined = new Promise((resolve) => socket.once("dialogue:joined", resolve));
  socket.on("connect", () => socket.emit("dialogue:join", { roomId, subscriptions: [] }));
  const { epoch, offset } = await joined;
  const log = [];
  for (;;) {
    const page = new Promise((resolve) => socket.once("dialogue:historyResponse", resolve));
    const ack = await socket.timeout(15_000).emitWithAck("dialogue:getHistory", { roomId, eventName: "tick", start: log.length, end: log.length + 500 });
    if (!ack.ok) throw new Error(JSON.stringify(ack));
    const { events } = await page;
    if (events.length === 0) break;
    log.push(...events.map((event) => ({ offset: event.offset, id: event.data.id })));
  }
  socket.disconnect();
  return { epoch, offset, log: log.reverse() };
}

/** How a server may end, and what happens to it meanwhile; each answers the signal that ends it. */
const ends = {
  kill: () => "SIGKILL",
  stop: () => "SIGTERM",
  // Until it was met: on a busy machine clients may not have come back yet.
  disk: async (faults, store, server) => {
    const failures = () => server.output().split("cannot be written").length;
    for (const error of [EIO, ENOSPC]) {
      const before = failures();
      faults.disk(error);
      await sleep(300);
      for (let waited = 0; failures() === before && waited < 5_000; waited += 10) await sleep(10);
      faults.disk(0);
      await sleep(1300); // It tries each second.
    }
    return "SIGKILL";
  },
  clock: async (faults) => {
    for (const seconds of [-3600, 7200, 0]) {
      faults.clock(seconds);
      await sleep(200);
    }
    faults.clock(-600);
    return "SIGKILL";
  },
  // When there is something to lose: on a busy machine clients may not have come back yet. A room of durability sync alone
  // has next to never something.
  power: async (faults, store) => {
    for (let waited = 0; faults.unsynced(store) === 0 && waited < 5_000; waited += 10) await sleep(10);
    return "SIGKILL";
  },
};

/**
 * Runs it: a server that ends in each of these ways, under clients that go on; `said` hears of each. Answers what the
 * checker wants, and what `happened`.
 */
export async function torture({ how, durabilities = allDurabilities, publishers = 2, readers = 1, said = () => {} }) {
  const folder = mkdtempSync(join(tmpdir(), "dialogue-torture-"));
  const store = join(folder, "store.db");
  const config = configOf(store, durabilities);
  const faults = new Faults(folder);
  let server = await startDialogueServer(config, { env: faults.env });
  const { port, url } = server;
  const qtReaders = [];
  const happened = { diskFailures: 0, droppedBytes: 0 };
  try {
    const senders = durabilities.flatMap((id) => Array.from({ length: publishers }, (_, i) => new Publisher(url, id, `${id}-${i}`)));
    const listeners = durabilities.flatMap((id) => Array.from({ length: readers }, (_, i) => new Reader(url, id, `reader-${i}`)));
    qtReaders.push(...durabilities.map((id) => new QtReader(url, id, "qt")));
    for (const [i, end] of how.entries()) {
      await sleep(150 + Math.random() * 500);
      const ended = await server.stop(await ends[end](faults, store, server));
      if (end === "power") happened.droppedBytes += faults.losePower(store);
      if (end === "disk" && /cannot be written/.test(server.output())) ++happened.diskFailures;
      said(`${i + 1} of ${how.length}: ${end}, ${ended}, ${senders.reduce((sum, { acks }) => sum + acks.length, 0)} acknowledged`);
      server = await startDialogueServer(config, { port, env: faults.env });
    }
    await sleep(500);
    // On a busy machine they may only just have come back.
    const count = (seen, what) => seen.filter((each) => each[what]).length;
    const isEnough = () => senders.reduce((sum, { acks }) => sum + acks.length, 0) > 100
      && listeners.every(({ seen }) => count(seen, "event") > 20 && count(seen, "joined") > 1)
      && qtReaders.every(({ seen }) => count(seen, "event") > 20);
    for (let waited = 0; !isEnough() && waited < 15_000; waited += 50) await sleep(50);
    await Promise.all(senders.map((sender) => sender.stop()));
    const rooms = {};
    for (const durability of durabilities) rooms[durability] = { durability, ...(await logOf(url, durability)) };
    const all = [...listeners, ...qtReaders];
    const isThere = () => all.every(({ roomId, offset }) => offset >= rooms[roomId].offset);
    for (let waited = 0; !isThere() && waited < 15_000; waited += 50) await sleep(50);
    for (const { socket } of [...senders, ...listeners]) socket.disconnect();
    return {
      rooms, acks: senders.flatMap(({ acks }) => acks), lostPower: how.includes("power"), happened,
      readers: all.map(({ name, roomId, seen }) => ({ name, roomId, seen })),
    };
  } finally {
    for (const reader of qtReaders) reader.stop();
    await server.stop();
    faults.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
