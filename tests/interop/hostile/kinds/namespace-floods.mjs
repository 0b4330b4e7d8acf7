// Namespaces as a way around limits: CONNECTs to what is not there, in and out of what is, requests in two at once.
import assert from "node:assert/strict";

const requests = 1000; // rateLimit.requests.custom, in 10 s
const mostRefused = 10; // rateLimit.refusedConnects

/** Counts what comes back, by the first characters of the packet. */
function count(client, ...beginnings) {
  const counts = Object.fromEntries(beginnings.map((each) => [each, 0]));
  client.socket.on("message", (data) => {
    const begun = beginnings.find((each) => data.toString().startsWith(each));
    if (begun) counts[begun]++;
  });
  return counts;
}

export const namespaceFloods = [
  {
    name: "unknown-namespaces",
    does: "CONNECT to a thousand namespaces that are not there",
    memory: 40,
    async attack(attack) {
      const all = await attack.clients(10);
      await Promise.all(all.map(async (client) => {
        const counts = count(client, "44/");
        for (let i = 0; i < 1000; i++) client.send(`40/n${i},{}`);
        await client.closed;
        assert.equal(counts["44/"], mostRefused);
      }));
    },
  },
  {
    name: "namespace-cycling",
    does: "in and out of a namespace, over and over",
    memory: 40,
    async attack(attack) {
      const cycles = 300;
      const all = await attack.clients(8);
      await Promise.all(all.map((client) => new Promise((resolve, reject) => {
        let times = 0;
        client.socket.on("message", (data) => {
          const packet = data.toString();
          if (packet.startsWith("44/side")) reject(new Error(packet));
          if (!packet.startsWith("40/side")) return;
          client.send("41/side");
          if (++times === cycles) resolve();
          else client.send("40/side");
        });
        client.send("40/side");
      })));
      for (const client of all) assert.equal((await client.ask("ask")), true); // They are in "/" still.
    },
  },
  {
    name: "beside-the-namespace",
    does: "speaks in a namespace it is not in, and leaves one twice",
    memory: 40,
    async attack(attack) {
      for (const said of [["42/side,[\"ask\"]"], ["43/side,1[]"], ["41/side"], ["40/side", "41/side", "41/side"]]) {
        const client = await attack.client({ userId: "beside" });
        for (const packet of said) client.send(packet);
        await client.closed;
      }
    },
  },
  {
    name: "requests-in-two-namespaces",
    does: "asks in two namespaces, for twice as much",
    memory: 40,
    async attack(attack) {
      const client = await attack.client({ userId: "two" });
      client.send("40/side");
      const counts = count(client, "43/side,", "43");
      const each = 1500;
      for (let i = 0; i < each; i++) {
        client.send(`42/side,${i}["ask"]`);
        client.send(`42${i}["ask"]`);
      }
      const counters = await attack.until(
        ({ refused }) => refused.custom > attack.before.refused.custom, "more than the budget was asked");
      assert.ok(counters.refused.custom - attack.before.refused.custom <= 2 * each - requests);
      assert.ok(counts["43"] > 0 && counts["43/side,"] > 0);
    },
  },
];
