// Who is in a room: watched and never read, while others come and go; and asked for over and over.
import assert from "node:assert/strict";
import { sendQueue } from "../config.mjs";
import { flood } from "./never-reads.mjs";

const roomId = "hall";
const comings = 300; // each with its going: two notices, in a room this small
const note = "x".repeat(8000);

/** What a client knows of the room by what it was told: whether that is all there is. */
class Watcher {
  users = new Map();
  rev = -1;
  missed = false;
  asked = 0;

  take({ rev, users, changes = [] }) {
    this.missed ||= users === undefined || rev !== this.rev + 1;
    this.rev = rev;
    for (const { userId, connections } of changes) this.users.set(userId, connections);
  }
  async ask(client) {
    const page = await client.ask("dialogue:participants", { roomId });
    assert.ok(page.ok, JSON.stringify(page));
    this.asked++;
    this.users = new Map(page.participants.map(({ userId, connections }) => [userId, connections]));
    this.rev = page.rev;
    this.missed = false;
  }
}

const comeAndGo = async (client, times) => {
  for (let i = 0; i < times; i++) {
    assert.ok((await client.ask("dialogue:join", { roomId })).ok);
    assert.ok((await client.ask("dialogue:leave", { roomId })).ok);
  }
};

export const presenceFloods = [
  {
    name: "presence-never-read",
    does: "watchers of who is in a room that never read, while others come and go",
    memory: 60,
    async attack(attack) {
      const { all: readers } = await flood(attack, "dropping", (i) => ({ i, text: note }), async (reader) => {
        const { onEvent } = reader;
        reader.watcher = new Watcher();
        reader.onEvent = (name, payload) => {
          if (name === "dialogue:presence") reader.watcher.take(payload);
          else onEvent(name, payload);
        };
        assert.ok((await reader.ask("dialogue:join", { roomId })).ok);
        await reader.watcher.ask(reader);
      });
      const guest = await attack.client({ userId: "guest", from: 3 });
      await comeAndGo(guest, comings);
      const { workers } = await attack.counters();
      assert.ok(workers.queuedBytes <= readers.length * (sendQueue + 65_536), `${workers.queuedBytes} bytes wait`);
      assert.ok((await guest.ask("dialogue:join", { roomId })).ok); // And stays.
      for (const reader of readers) {
        reader.readOn();
        await reader.ask("dialogue:leave", { roomId: "nowhere" }); // All before it has come.
        if (reader.watcher.missed) await reader.watcher.ask(reader);
        assert.equal(reader.watcher.users.get("guest"), 1);
      }
      assert.ok(readers.some(({ watcher }) => watcher.asked > 1), "nobody missed anything: nothing was shown");
      assert.equal(workers.slowReaders, attack.before.workers.slowReaders, "a reader was disconnected");
    },
  },
  {
    name: "presence-asked-for",
    does: "asks who is in a room without end, watching and not, and from outside",
    memory: 40,
    async attack(attack) {
      const [ann, bob, eve] = await attack.clients(3);
      for (const client of [ann, bob]) assert.ok((await client.ask("dialogue:join", { roomId })).ok);
      assert.equal((await eve.ask("dialogue:participants", { roomId })).error.code, "NOT_IN_ROOM");
      let granted = 0;
      for (let answer; ; granted++) {
        const request = { roomId, watch: granted % 3 > 0, after: granted % 5 ? "" : "a".repeat(4000) };
        answer = await [ann, bob][granted % 2].ask("dialogue:participants", request);
        if (!answer.ok) {
          assert.equal(answer.error.code, "RATE_LIMITED");
          break;
        }
      }
      assert.ok(granted > 100 && granted < 600, String(granted));
    },
  },
];
