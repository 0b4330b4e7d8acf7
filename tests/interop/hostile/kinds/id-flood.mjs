// Made-up users send ids of triggers until the server can remember no more: whoever takes most loses, not who came first.
import assert from "node:assert/strict";
import { rememberedIds } from "../config.mjs";

const addresses = 5;
const perAddress = 900; // under the budget of events

export const idFlood = {
  name: "id-flood",
  does: "fills the memory for ids of triggers, so that another's retry would apply twice",
  memory: 60,
  async attack(attack) {
    const order = { roomId: "open", event: "order", data: 1, id: "order-1" };
    const victim = await attack.client({ userId: "victim", from: 100 });
    await victim.ask("dialogue:join", { roomId: "open", subscriptions: [] });
    const first = await victim.ask("dialogue:trigger", order);
    assert.ok(first.ok);
    assert.ok(addresses * perAddress > 2 * rememberedIds);
    const flood = async (from) => {
      const client = await attack.client({ userId: `made-up-${from}`, from });
      await client.ask("dialogue:join", { roomId: "open", subscriptions: [] });
      for (let i = 0; i < perAddress; i += 100) {
        const acks = await Promise.all(Array.from({ length: 100 }, (_, k) =>
          client.ask("dialogue:trigger", { roomId: "open", event: "note", data: 0, id: `${from}.${i + k}`.padEnd(1000, "i") })));
        acks.forEach((ack) => assert.ok(ack.ok, JSON.stringify(ack)));
      }
    };
    await Promise.all(Array.from({ length: addresses }, (_, i) => flood(i + 1)));
    victim.vanish();
    const again = await attack.client({ userId: "victim", from: 100 });
    await again.ask("dialogue:join", { roomId: "open", subscriptions: [] });
    const retry = await again.ask("dialogue:trigger", order);
    assert.equal(retry.offset, first.offset, "the retry was applied twice");
  },
};
