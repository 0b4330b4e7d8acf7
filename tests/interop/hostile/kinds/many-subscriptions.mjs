// Subscribes to as many names, as long ones, in as many rooms, as there may be.
import assert from "node:assert/strict";
import { manyRooms } from "../config.mjs";

const perRoom = 256; // limits.subscriptionsPerRoom
const perUser = 8_388_608; // memory.perUser

export const manySubscriptions = {
  name: "many-subscriptions",
  does: "subscribes to 256 names of 256 letters in each of 100 rooms, and then to others, over and over",
  memory: 60,
  async attack(attack) {
    const client = await attack.client({ userId: "many" });
    const refusals = [];
    for (const roomId of manyRooms) {
      const subscriptions = Array.from({ length: perRoom }, (_, i) => `${roomId}.${i}.`.padEnd(256, "n"));
      const ack = await client.ask("dialogue:join", { roomId, subscriptions });
      if (!ack.ok) refusals.push(ack.error);
    }
    assert.ok(refusals.length > 0, "all of it was taken");
    assert.deepEqual([...new Set(refusals.map(({ code }) => code))], ["LIMIT_REACHED"]);
    assert.match(refusals[0].message, /memory\.perUser/);
    const { memory } = await attack.counters();
    assert.ok(memory.used - attack.before.memory.used <= perUser * 1.1, `${memory.used} bytes are kept for one user`);
    for (let i = 0; i < 300; i++) {
      const change = { roomId: manyRooms[0], eventName: `churn-${i}` };
      client.emit("dialogue:unsubscribe", { ...change, eventName: `${manyRooms[0]}.0.`.padEnd(256, "n") });
      client.emit("dialogue:subscribe", change);
      await client.ask("dialogue:unsubscribe", change);
    }
    const churned = await attack.counters();
    assert.ok(churned.memory.used <= memory.used + 4096, "names that nobody subscribes to any more are kept");
  },
};
