// A new CONNECT, a new WebSocket, another name, out and in again: none of it begins a budget anew.
import assert from "node:assert/strict";

const budget = 20; // history.requestsPerMinute

export const connectCycling = {
  name: "connect-cycling",
  does: "comes back under other names, for what it has used up",
  memory: 40,
  async attack(attack) {
    let granted = 0;
    let refused = 0;
    const ask = async (client) => {
      await client.ask("dialogue:join", { roomId: "kept", subscriptions: [] });
      for (let i = 0; i < 3; i++) {
        const ack = await client.ask("dialogue:getHistory", { roomId: "kept", start: 0, end: 500 });
        granted += ack.ok ? 1 : 0;
        refused += ack.error?.code === "RATE_LIMITED" ? 1 : 0;
      }
    };
    const client = await attack.client({ userId: "cycling" });
    for (let round = 0; round < 8; round++) {
      await ask(client);
      client.send("41");
      await client.reconnect({ userId: `cycling-${round}` });
    }
    for (let round = 0; round < 8; round++) {
      const another = await attack.client({ userId: `another-${round}` });
      await ask(another);
      another.vanish();
    }
    assert.equal(granted, budget);
    assert.ok(refused > 0);
  },
};
