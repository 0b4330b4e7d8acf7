// The server asks its clients, and they acknowledge, as npm socket.io-client does it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { applicationServer, ways } from "./support/applicationserver.mjs";

describe("what the server asks", () => {
  const server = applicationServer();

  for (const [name, transports] of Object.entries(ways)) {
    describe(name, () => {
      const entered = (userId, namespace = "/") => server.connection(transports)(namespace, { userId });

      it("is answered by an acknowledgement", async () => {
        const ann = await entered("ann");
        ann.socket.on("ask", (data, ack) => ack(data.n + 1, "\u{1f600}"));
        assert.deepEqual(await ann.ask("ask me", { event: "ask", data: { n: 1 } }), [2, "\u{1f600}"]);
        ann.socket.on("plain", (ack) => ack());
        assert.deepEqual(await ann.ask("ask me", { event: "plain" }), []);
        ann.close();
      });

      it("is answered in a namespace of the application's own", async () => {
        const ann = await entered("ann", "/orders");
        ann.socket.on("ask", (data, ack) => ack({ got: data }));
        assert.deepEqual(await ann.ask("ask me", { event: "ask", data: "tea" }), [{ got: "tea" }]);
        ann.close();
      });

      it("is answered once the transport has changed", async () => {
        const ann = await entered("ann");
        const engine = ann.socket.io.engine;
        ann.socket.on("ask", (ack) => {
          if (transports.length < 2 || engine.transport.name === "websocket") return ack(engine.transport.name);
          engine.once("upgrade", () => ack(engine.transport.name));
        });
        assert.deepEqual(await ann.ask("ask me", { event: "ask" }), [transports.at(-1)]);
        ann.close();
      });

      it("is not answered in time, or with bytes, which are not taken", async () => {
        const ann = await entered("ann");
        ann.socket.on("silent", () => {});
        assert.equal((await ann.ask("ask me", { event: "silent", timeout: 50 })).error.code, "TIMEOUT");
        ann.socket.on("bytes", (ack) => ack(Buffer.from("bytes")));
        assert.equal((await ann.ask("ask me", { event: "bytes" })).error.code, "VALIDATION_FAILED");
        ann.close();
      });

      it("is asked of a room, and answered by each", async () => {
        const users = ["ann", "bob", "eve", "zoe"].map((user) => `${user} by ${name}`);
        const all = await Promise.all(users.map((user) => entered(user)));
        const roomId = "chat";
        for (const client of all) assert.equal((await client.ask("dialogue:join", { roomId })).ok, true);
        const [ann, bob, eve, zoe] = all;
        ann.socket.on("vote", (data, ack) => ack("yes", data));
        bob.socket.on("vote", (data, ack) => ack("no", data));
        eve.socket.on("vote", () => {}); // She does not.
        zoe.socket.on("vote", () => zoe.close());
        const answers = await ann.ask("ask room", { roomId, event: "vote", data: 7, timeout: 500 });
        assert.deepEqual(answers, {
          [users[0]]: ["yes", 7],
          [users[1]]: ["no", 7],
          [users[2]]: "TIMEOUT",
          [users[3]]: "CONNECTION_LOST",
        });
        for (const client of all) client.close();
      });
    });
  }
});
