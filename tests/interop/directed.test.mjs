// Events for some of a room, for all but some, and not for who sent them, as npm socket.io-client gets them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { applicationServer, ways } from "./support/applicationserver.mjs";

const roomId = "chat";
const event = "message";

describe("events that are not for everybody", () => {
  const server = applicationServer();

  for (const [name, transports] of Object.entries(ways)) {
    describe(name, () => {
      const entered = async (user) => {
        const client = await server.connection(transports)("/", { userId: user });
        assert.equal((await client.ask("dialogue:join", { roomId })).ok, true);
        return client;
      };
      const users = ["ann", "bob", "eve"].map((user) => `${user} by ${name}`);
      const trigger = (client, text, more) =>
        client.ask("dialogue:trigger", { roomId, event, data: { text }, ...more });

      /** The texts that came to each, up to the one that ends the test; that goes to all. */
      const textsOf = async (clients) => {
        assert.equal((await trigger(clients[0], "the end")).ok, true);
        const texts = [];
        for (const client of clients) {
          const own = [];
          while (own.at(-1) !== "the end") own.push((await client.next("dialogue:event")).data.text);
          texts.push(own.slice(0, -1));
          client.close();
        }
        return texts;
      };

      it("reach the users they are for, on all their connections, and have no offset", async () => {
        const all = await Promise.all([users[0], users[1], users[1], users[2]].map(entered));
        const told = await all[0].ask("tell some", { roomId, event, data: { text: "bob" }, to: [users[1]] });
        assert.equal(told, 0);
        assert.deepEqual(await textsOf(all), [[], ["bob"], ["bob"], []]);
      });

      it("spare whom they are not for, and have an offset", async () => {
        const all = await Promise.all(users.map(entered));
        const told = await all[0].ask("tell some", { roomId, event, data: { text: "x" }, except: [users[1]] });
        assert.ok(told > 0, String(told));
        assert.deepEqual(await textsOf(all), [["x"], [], ["x"]]);
      });

      it("reach who keeps up, where they are volatile", async () => {
        const all = await Promise.all(users.map(entered));
        const data = { text: "now" };
        assert.equal(await all[0].ask("tell some", { roomId, event, data, to: users, volatile: true }), 0);
        // Who polls may have no GET there, with something waiting for it: then it is behind.
        for (const texts of await textsOf(all)) {
          if (transports[0] === "websocket") assert.deepEqual(texts, ["now"]);
          else assert.ok(texts.length <= 1, String(texts));
        }
      });

      it("do not come back to the connection that says echo: false", async () => {
        const all = await Promise.all([users[0], users[0], users[1]].map(entered));
        const answer = await trigger(all[0], "mine", { echo: false });
        assert.ok(answer.ok && answer.offset > 0, JSON.stringify(answer));
        assert.equal((await trigger(all[0], "also mine", { echo: true })).ok, true);
        assert.deepEqual(await textsOf(all), [["also mine"], ["mine", "also mine"], ["mine", "also mine"]]);
      });

      it("cannot be directed by clients, and echo is true or false", async () => {
        const all = await Promise.all(users.map(entered));
        const more = { to: { users: [users[0]] }, except: [users[1]], exceptUsers: [users[1]], isVolatile: true };
        const answer = await trigger(all[0], "for all", more);
        assert.ok(answer.ok && answer.offset > 0, JSON.stringify(answer));
        for (const echo of ["false", 0, [], {}]) {
          const { ok, error } = await trigger(all[0], "odd", { echo });
          assert.deepEqual([ok, error.code, error.path], [false, "INVALID_REQUEST", "echo"]);
        }
        assert.deepEqual(await textsOf(all), [["for all"], ["for all"], ["for all"]]);
      });
    });
  }
});
