// Clients that ask, and ask again, faster than anybody may: what is granted is the budget, what is refused is told, and
// who goes on is not even listened to.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

const clients = 4; // of one address, which has one budget
const refusals = 5; // rateLimit.refusals
const beyond = 3; // times the budget

/**
 * `asks`: makes the request number i of a client; `budget`: how many an address may make; `counted`: the name of its
 * counter; `perRequest`: the messages each takes.
 */
function flood({ name, does, counted, budget, asks, prepare = async () => {}, perRequest = 1 }) {
  return {
    name,
    does,
    memory: 60,
    async attack(attack) {
      const all = await attack.clients(clients);
      for (const client of all) await client.ask("dialogue:join", { roomId: "open", subscriptions: [] });
      await prepare(all);
      const { hub } = await attack.counters();
      const outcome = { ok: 0, RATE_LIMITED: 0, other: [] };
      let answered = 0;
      const take = (ack) => {
        answered++;
        if (ack.ok) outcome.ok++;
        else if (ack.error?.code === "RATE_LIMITED" && ack.error.retryAfter > 0) outcome.RATE_LIMITED++;
        else if (!ack.closed) outcome.other.push(ack);
      };
      const each = Math.ceil((budget * beyond) / clients);
      for (const [which, client] of all.entries()) {
        for (let i = 0; i < each; i++) asks(client, which * each + i).then(take);
      }
      // Until what is answered is no more: the rest is not read.
      for (let last = -1; last !== answered; await sleep(150)) last = answered;
      assert.ok(outcome.RATE_LIMITED > 0, JSON.stringify(outcome));
      const after = await attack.counters();
      assert.deepEqual(outcome.other.slice(0, 3), [], "something else was said");
      assert.ok(outcome.ok <= budget, `${outcome.ok} were granted, of a budget of ${budget}`);
      assert.ok(outcome.ok > 0);
      assert.ok(after.refused[counted] - attack.before.refused[counted] >= outcome.RATE_LIMITED);
      // The bystander has some, and each of them a few until it is held.
      const handled = after.hub.messages - hub.messages - attack.bystander.events;
      const bound = (budget + clients * (refusals + 2)) * perRequest * 1.1 + 100;
      assert.ok(handled <= bound, `${handled} messages were handled, of at most ${bound}`);
      assert.ok(after.hub.held > attack.before.hub.held, "nobody was held");
    },
  };
}

const trigger = (client, i) => client.ask("dialogue:trigger", { roomId: "open", event: "note", data: i });

export const requestFloods = [
  flood({ name: "triggers", does: "events, as many as go in", counted: "event", budget: 1000, asks: trigger }),
  flood({
    name: "joins",
    does: "joining and leaving, over and over",
    counted: "join",
    budget: 2000,
    perRequest: 2,
    asks(client) {
      client.emit("dialogue:leave", { roomId: "open" });
      return client.ask("dialogue:join", { roomId: "open", subscriptions: [] });
    },
  }),
  flood({
    name: "history",
    does: "pages of history, one after the other",
    counted: "history",
    budget: 20,
    prepare: ([client]) => Promise.all(Array.from({ length: 100 }, (_, i) => trigger(client, i))),
    asks: (client) => client.ask("dialogue:getHistory", { roomId: "open", start: 0, end: 500 }),
  }),
  flood({
    name: "list-rooms",
    does: "asking for the list of rooms, over and over",
    counted: "listRooms",
    budget: 300,
    asks: (client) => client.ask("dialogue:listRooms", { limit: 5 }),
  }),
  flood({
    name: "create-rooms",
    does: "creating rooms and deleting them, which everybody is told",
    counted: "createRoom",
    budget: 20,
    perRequest: 2,
    asks(client, i) {
      const created = client.ask("dialogue:createRoom", { id: `made-${i}`, name: "Made" });
      client.emit("dialogue:deleteRoom", { roomId: `made-${i}` });
      return created;
    },
  }),
];
