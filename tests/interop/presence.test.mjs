// Who is in a room, as npm socket.io-client asks for it and is told.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { applicationServer, ways } from "./support/applicationserver.mjs";

describe("who is in a room", () => {
  const server = applicationServer();

  for (const [name, transports] of Object.entries(ways)) {
    describe(name, () => {
      const roomId = `hall by ${name}`;
      const connected = (user) => server.connection(transports)("/", { userId: user });
      const entered = async (user) => {
        const client = await connected(user);
        assert.equal((await client.ask("dialogue:join", { roomId })).ok, true);
        return client;
      };

      it("is told to who asks, and from then on what changes", async () => {
        const ann = await connected("ann");
        const joined = await ann.ask("dialogue:join", { roomId });
        assert.equal(joined.presence, "users");
        const bob = await entered("bob");
        const { rev, ...all } = await ann.ask("dialogue:participants", { roomId });
        const participants = [{ userId: "ann", connections: 1 }, { userId: "bob", connections: 1 }];
        assert.deepEqual(all, { ok: true, roomId, users: 2, connections: 2, participants });

        const again = await entered("bob");
        const first = await ann.next("dialogue:presence");
        assert.deepEqual(first, {
          roomId, rev: rev + 1, users: 2, connections: 3, changes: [{ userId: "bob", connections: 2 }],
        });
        bob.close();
        again.close();
        await ann.next("dialogue:presence");
        const last = await ann.next("dialogue:presence");
        assert.deepEqual(last, {
          roomId, rev: rev + 3, users: 1, connections: 1, changes: [{ userId: "bob", connections: 0 }],
        });
        ann.close();
      });

      it("comes page by page, and not at all to who is not in it", async () => {
        const all = [];
        for (const user of ["ann", "bob", "eve"]) all.push(await entered(user));
        const eve = await connected("stranger");
        assert.equal((await eve.ask("dialogue:participants", { roomId })).error.code, "NOT_IN_ROOM");
        const seen = [];
        for (let after; ; ) {
          const page = await all[0].ask("dialogue:participants", { roomId, limit: 1, watch: false, after });
          seen.push(...page.participants.map(({ userId }) => userId));
          after = page.next;
          if (!after) break;
        }
        assert.deepEqual(seen, ["ann", "bob", "eve"]);
        for (const client of [...all, eve]) client.close();
      });
    });
  }
});
