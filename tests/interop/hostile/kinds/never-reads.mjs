// Readers that answer heartbeats and never read, in a room of each policy; then they read on, and must know what they
// have missed.
import assert from "node:assert/strict";
import { sendQueue } from "../config.mjs";

const readers = 30;
const events = 900; // under the budget of one address
const text = "x".repeat(8000); // 7 MB in all, for what the kernel takes and then the queue

/** Everybody joins, does what `prepare` says, nobody reads, and `events` go out, the last of them "end". The readers, with what each was told. */
export async function flood(attack, roomId, dataOf, prepare = async () => {}) {
  const all = await attack.clients(readers);
  for (const reader of all) {
    reader.heard = new Set();
    reader.gaps = [];
    reader.onEvent = (name, payload) => {
      if (name === "dialogue:event") reader.heard.add(payload.offset);
      if (name === "dialogue:gap") reader.gaps.push(payload);
    };
    const joined = await reader.ask("dialogue:join", { roomId, subscriptions: ["*"] });
    assert.ok(joined.ok, JSON.stringify(joined));
    await prepare(reader);
    reader.stopReading();
  }
  const sender = await attack.client({ userId: "sender", from: 2 });
  await sender.ask("dialogue:join", { roomId, subscriptions: [] });
  let last;
  for (let i = 0; i < events; i += 30) {
    const acks = await Promise.all(Array.from({ length: 30 }, (_, k) =>
      sender.ask("dialogue:trigger", { roomId, event: "note", data: dataOf(i + k) })));
    acks.forEach((ack) => assert.ok(ack.ok, JSON.stringify(ack)));
    last = acks.at(-1).offset;
  }
  return { all, first: last - events + 1, last };
}

/** They read on: each offset either came, or lies in a gap that was told. */
async function assertTold(attack, { all, first, last }, reasons) {
  let lost = 0;
  for (const reader of all) {
    reader.readOn();
    assert.ok((await reader.ask("dialogue:leave", { roomId: "nowhere" })).error); // all before it has come
    const isTold = (offset) => reader.gaps.some(({ from, to }) => from <= offset && offset <= to);
    for (let offset = first; offset <= last; offset++) {
      if (reader.heard.has(offset)) continue;
      lost++;
      assert.ok(isTold(offset), `offset ${offset} did not come, and nobody said so: ${JSON.stringify(reader.gaps)}`);
    }
    for (const { reason } of reader.gaps) assert.ok(reasons.includes(reason), reason);
  }
  assert.ok(lost > readers, `only ${lost} events were lost: nothing was shown`);
  const { workers } = await attack.counters();
  assert.equal(workers.slowReaders, attack.before.workers.slowReaders, "a reader was disconnected");
  assert.ok(workers.gapsTold - attack.before.workers.gapsTold >= readers);
  assert.equal(workers.framesDropped + workers.framesReplaced - attack.before.workers.framesDropped -
    attack.before.workers.framesReplaced, lost, "the server's count of what was lost is another");
}

/** What waits is bounded by the queues, and the room's log. */
async function assertQueuesBounded(attack) {
  const { workers } = await attack.counters();
  assert.ok(workers.queuedBytes <= readers * (sendQueue + 65_536), `${workers.queuedBytes} bytes wait`);
}

export const neverReads = [
  {
    name: "never-reads-drop-oldest",
    does: "readers that answer heartbeats and never read, where the oldest is dropped",
    memory: 60,
    async attack(attack) {
      const played = await flood(attack, "dropping", (i) => ({ i, text }));
      await assertQueuesBounded(attack);
      await assertTold(attack, played, ["dropped"]);
    },
  },
  {
    name: "never-reads-keep-latest",
    does: "the same where the newest of each key stays, with keys of their own",
    memory: 60,
    async attack(attack) {
      const played = await flood(attack, "latest", (i) => ({ key: `key-${i % 40}`, text }));
      await assertQueuesBounded(attack);
      await assertTold(attack, played, ["dropped", "replaced"]);
    },
  },
  {
    name: "never-reads-disconnect",
    does: "the same where they are disconnected",
    memory: 60,
    async attack(attack) {
      const { all } = await flood(attack, "strict", (i) => ({ i, text }));
      const { workers } = await attack.until(({ workers: { slowReaders } }) =>
        slowReaders - attack.before.workers.slowReaders === readers, "all are disconnected");
      assert.ok(workers.queuedBytes < sendQueue);
      for (const reader of all) reader.readOn();
      await Promise.all(all.map((reader) => reader.closed));
    },
  },
];
