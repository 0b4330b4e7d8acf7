// Data for which a schema with references under alternatives would be applied without end: it is refused, and says why.
import assert from "node:assert/strict";

/** Arrays in arrays, each of which is tried as two things. */
function nested(depth, width) {
  return depth === 0 ? "xx" : Array.from({ length: width }, () => nested(depth - 1, width));
}

export const schemaBombs = {
  name: "schema-bombs",
  does: "data that a schema cannot be done with",
  memory: 80,
  async attack(attack) {
    const bombs = [nested(12, 2), nested(30, 1), Array.from({ length: 800 }, () => nested(3, 2))];
    const client = await attack.client({ userId: "bomber" });
    await client.ask("dialogue:join", { roomId: "judged", subscriptions: [] });
    for (const data of bombs) {
      const ack = await client.ask("dialogue:trigger", { roomId: "judged", event: "note", data });
      assert.equal(ack.error?.code, "VALIDATION_FAILED", JSON.stringify(ack));
      assert.ok(ack.error.message.length > 0);
    }
    const { hub } = await attack.counters();
    const gone = await attack.client({ userId: "bomber and away", from: 2 });
    await gone.ask("dialogue:join", { roomId: "judged", subscriptions: [] });
    // So many that the hub is at them for longer than it takes to hear that their sender has gone.
    for (let i = 0; i < 100; i++) gone.emit("dialogue:trigger", { roomId: "judged", event: "note", data: bombs[0] });
    await new Promise((resolve) => gone.socket.send("3", resolve)); // They are with the kernel.
    gone.vanish();
    const after = await attack.until(({ hub: { dropped }, workers: { sessions } }) =>
      dropped > hub.dropped && sessions <= attack.before.workers.sessions + 1, "what it left is dropped");
    assert.ok(after.hub.dropped - hub.dropped > 0);
  },
};
