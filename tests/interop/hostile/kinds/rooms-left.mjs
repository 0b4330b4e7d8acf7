// Made-up users create rooms, fill what those keep, and go.
import assert from "node:assert/strict";

const users = 6;
const perUser = 10; // roomCreation.maxPerUser
const events = 15;
const data = "d".repeat(100_000);
const perRoom = 2_097_152; // history.recoveryBytes

export const roomsLeft = {
  name: "rooms-left",
  does: "creates rooms, fills them and leaves",
  memory: 160,
  async attack(attack) {
    const fill = async (from) => {
      const client = await attack.client({ userId: `left-${from}`, from });
      for (let room = 0; room < perUser; room++) {
        const roomId = `left-${from}-${room}`;
        const created = await client.ask("dialogue:createRoom", { id: roomId, name: "Left" });
        assert.ok(created.ok, JSON.stringify(created));
        await client.ask("dialogue:join", { roomId, subscriptions: [] });
        const acks = await Promise.all(Array.from({ length: events }, () =>
          client.ask("dialogue:trigger", { roomId, event: "note", data })));
        acks.forEach((ack) => assert.ok(ack.ok, JSON.stringify(ack)));
      }
    };
    await Promise.all(Array.from({ length: users }, (_, i) => fill(i + 1)));
    const { memory } = await attack.counters();
    const kept = memory.rooms - attack.before.memory.rooms;
    assert.ok(kept > 0 && kept <= users * perUser * perRoom * 1.1, `${kept} bytes are kept`);
    attack.end();
    // Not one of them is left; the bystander's own room may have grown meanwhile.
    await attack.until(({ memory: { used } }) => used < attack.before.memory.used + perRoom / 2, "the rooms are gone");
  },
};
