// Sends as much work as goes in, and breaks the connection: what has not had its turn by then is not done.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

const clients = 20;
const messages = 250; // under limits.inboundPerClient

export const queuedAndGone = {
  name: "queued-and-gone",
  does: "leaves the hub with much to do, for nobody",
  memory: 60,
  async attack(attack) {
    const all = await attack.clients(clients);
    await Promise.all(all.map((client) => client.ask("dialogue:join", { roomId: "judged", subscriptions: [] })));
    // Each takes the hub a moment to refuse.
    const data = Array.from({ length: 200 }, () => ["xx", ["xx", "xx"]]);
    for (const client of all) {
      for (let i = 0; i < messages; i++) client.emit("dialogue:trigger", { roomId: "judged", event: "note", data });
    }
    await sleep(20);
    for (const client of all) client.vanish();
    const { hub, workers } = await attack.until(({ hub: { waiting }, workers: { sessions } }) =>
      waiting <= 2 && sessions <= attack.before.workers.sessions, "nothing of theirs waits");
    const handled = hub.messages - attack.before.hub.messages;
    assert.ok(handled < clients * messages, `${handled} messages were handled, for nobody`);
    assert.ok(workers.sessions <= attack.before.workers.sessions);
  },
};
