// Acks: of questions that nobody asked, of one question over and over, and none at all where the server asks.
import assert from "node:assert/strict";

const mostPerClient = 100; // serverRequests.maxPendingPerClient

/** Hands each question's ack id to `answer`. */
function hear(client, answer) {
  client.socket.on("message", (data) => {
    const id = /^42(\d+)\["quiz"/.exec(data.toString())?.[1];
    if (id) answer(Number(id));
  });
}

export const unaskedAcks = [
  {
    name: "unasked-acks",
    does: "answers what nobody asked: small, huge, nested and with attachments",
    memory: 60,
    async attack(attack) {
      const all = await attack.clients(4);
      const deep = "[".repeat(100) + "]".repeat(100);
      const large = JSON.stringify(["x".repeat(200_000)]);
      const wide = JSON.stringify([Array(50_000).fill({})]);
      const each = 2000;
      let sent = 0;
      for (const client of all) {
        for (let i = 0; i < each; i++, sent++) client.send(`43${i}[]`);
        for (const said of [large, wide, deep]) {
          for (let i = 0; i < 20; i++, sent++) client.send(`43${i}${said}`);
        }
        for (let i = 0; i < 100; i++, sent++) {
          client.send(`461-${i}[{"_placeholder":true,"num":0}]`);
          client.socket.send(Buffer.alloc(1000));
        }
        client.send("4318446744073709551615[1]");
        sent++;
      }
      await attack.until(({ asking }) => asking.unasked - attack.before.asking.unasked === sent, "not all were heard");
      for (const client of all) assert.equal(await client.ask("ask"), true); // None was a violation.
    },
  },
  {
    name: "answers-over-and-over",
    does: "answers one question many times, and those of others",
    memory: 40,
    async attack(attack) {
      const [ann, bob] = await attack.clients(2);
      let sent = 0;
      hear(ann, (id) => {
        for (let i = 0; i < 100; i++, sent++) {
          bob.send(`43${id}["bob"]`);
          ann.send(`43${id}["ann"]`);
        }
      });
      assert.equal(await ann.ask("ask me", 50), 0);
      const { asking } = await attack.until(
        ({ asking }) => asking.unasked - attack.before.asking.unasked >= 50 * 199, "not all were heard");
      assert.equal(asking.answered - attack.before.asking.answered, 50);
      assert.equal(asking.unasked - attack.before.asking.unasked, 2 * sent - 50);
      assert.equal(asking.waiting, 0);
    },
  },
  {
    name: "never-answers",
    does: "is asked, more often than it may be, and never answers; or goes",
    memory: 40,
    async attack(attack) {
      const all = await attack.clients(4);
      for (const client of all) assert.equal(await client.ask("ask me", 3 * mostPerClient), 2 * mostPerClient);
      for (const client of all.slice(0, 2)) client.vanish();
      const { asking } = await attack.until(({ asking }) => asking.waiting === 0, "somebody is still waited for");
      const since = (name) => asking[name] - attack.before.asking[name];
      assert.equal(since("asked"), 4 * mostPerClient);
      assert.equal(since("timedOut") + since("clientsGone"), 4 * mostPerClient);
      assert.ok(since("timedOut") >= 2 * mostPerClient);
      assert.equal(since("answered"), 0);
      assert.equal(since("refused"), 8 * mostPerClient);
      assert.equal(await all[3].ask("ask me", 1), 0); // It may be asked again.
    },
  },
];
