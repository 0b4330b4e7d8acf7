// CONNECT, over and over on sessions that stay: granted ones are a budget of the address, refused ones end the session.
import assert from "node:assert/strict";

const budget = 5000; // rateLimit.requests.connect
const mostRefused = 10; // rateLimit.refusedConnects

/** Says CONNECT as soon as the one before is answered, after DISCONNECT where it was granted, until it is closed. */
async function connectOn(client, auth) {
  const outcome = { granted: 0, codes: [] };
  const connect = `40${JSON.stringify(auth)}`;
  client.socket.on("message", (data) => {
    const packet = data.toString();
    if (packet.startsWith("40")) outcome.granted++, client.send("41"), client.send(connect);
    if (packet.startsWith("44")) outcome.codes.push(JSON.parse(packet.slice(2)).data?.code), client.send(connect);
  });
  client.send(connect);
  await client.closed;
  return outcome;
}

export const connectFloods = [
  {
    name: "connects",
    does: "CONNECT and DISCONNECT in one session, without end",
    memory: 40,
    async attack(attack) {
      const all = await Promise.all(Array.from({ length: 8 }, () => attack.client({ auth: null })));
      const outcomes = await Promise.all(all.map((client) => connectOn(client, {})));
      const granted = outcomes.reduce((sum, outcome) => sum + outcome.granted, 0);
      assert.ok(granted > 0 && granted <= budget, `${granted} were granted, of a budget of ${budget}`);
      for (const { codes } of outcomes) assert.deepEqual(codes, Array(mostRefused).fill("RATE_LIMITED"));
      const { refused } = await attack.counters();
      assert.equal(refused.connect - attack.before.refused.connect, all.length * mostRefused);
    },
  },
  {
    name: "refused-connects",
    does: "CONNECT as somebody it may not be, over and over",
    memory: 40,
    async attack(attack) {
      const all = await Promise.all(Array.from({ length: 20 }, () => attack.client({ auth: null })));
      const outcomes = await Promise.all(all.map((client) => connectOn(client, { userId: "system" })));
      for (const { codes } of outcomes) assert.deepEqual(codes, Array(mostRefused).fill("UNAUTHORIZED"));
    },
  },
];
