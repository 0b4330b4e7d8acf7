// Made-up users create rooms with the longest names there may be: each page of the list stays small, and the list whole.
import assert from "node:assert/strict";
import { grace, sendQueue } from "../config.mjs";

const users = 5;
const perUser = 10; // roomCreation.maxPerUser

export const longRoomList = {
  name: "long-room-list",
  does: "makes the list of rooms so long that its answer would break the connections of the others",
  memory: 40,
  async attack(attack) {
    const create = async (from) => {
      const client = await attack.client({ userId: `long-${from}`, from });
      for (let i = 0; i < perUser; i++) {
        const room = { id: `long-${from}-${i}`, name: "\u4e00".repeat(256), description: "\u4e00".repeat(4096) };
        const ack = await client.ask("dialogue:createRoom", room);
        assert.ok(ack.ok, JSON.stringify(ack));
      }
      const beyond = await client.ask("dialogue:createRoom", { id: `long-${from}-x`, name: "One more" });
      assert.equal(beyond.error?.code, "LIMIT_REACHED");
    };
    await Promise.all(Array.from({ length: users }, (_, i) => create(i + 1)));
    const reader = await attack.client({ userId: "reader", from: 100 });
    const seen = new Set();
    for (let after; ; ) {
      const page = await reader.ask("dialogue:listRooms", after === undefined ? {} : { after });
      assert.ok(page.ok, JSON.stringify(page).slice(0, 300));
      const size = Buffer.byteLength(JSON.stringify(page));
      assert.ok(size <= sendQueue / 4 + 1024 || page.rooms.length === 1, `a page of ${size} bytes`);
      for (const { id } of page.rooms) assert.ok(!seen.has(id)), seen.add(id);
      if (page.next === undefined) break;
      after = page.next;
    }
    assert.equal([...seen].filter((id) => id.startsWith("long-")).length, users * perUser);
    // They were never joined, and end by themselves.
    await attack.until(({ memory }) => memory.used < attack.before.memory.used + 65_536, `after ${grace} ms they are gone`);
  },
};
