// Sends as much as goes in behind a join that somebody else is asked about: so much of it waits, and no more is read.
import assert from "node:assert/strict";
import { inboundPerClient } from "../config.mjs";

const clients = 10;
const messages = 2000;
const most = clients * inboundPerClient;

export const waitsBehind = {
  name: "waits-behind",
  does: "asks for more and more of a room while somebody else is asked whether it may come in",
  memory: 60,
  async attack(attack) {
    assert.ok(clients * messages > 5 * most);
    const all = await attack.clients(clients);
    for (const client of all) {
      client.emit("dialogue:join", { roomId: "asked", subscriptions: [] });
      for (let i = 0; i < messages; i++) client.emit("dialogue:trigger", { roomId: "asked", event: "note", data: i });
    }
    const pauses = attack.before.workers.inboundPauses;
    const { order } = await attack.until(({ order: { waiting }, workers }) =>
      waiting > most / 2 && workers.inboundPauses - pauses >= clients, "they wait, and are not read");
    assert.ok(order.waiting <= most, `${order.waiting} wait, of ${clients} clients`);
    for (const client of all) client.vanish();
    await attack.until(({ order: { waiting }, workers: { sessions } }) =>
      waiting === 0 && sessions <= attack.before.workers.sessions, "nothing of theirs waits");
  },
};
