// An application's own namespaces beside the rooms, as npm socket.io-client sees them: several over one connection.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { applicationServer, ways } from "./support/applicationserver.mjs";
import { RecordingClient } from "./support/dialogue.mjs";

describe("namespaces of an application", () => {
  const server = applicationServer();

  for (const [name, transports] of Object.entries(ways)) {
    describe(name, () => {
      const connection = () => server.connection(transports);

      it("are entered beside the rooms, over one connection, each with an id of its own", async () => {
        const enter = connection();
        const main = await enter("/");
        const orders = await enter("/orders", { userId: "bob" });
        assert.equal((await main.next("dialogue:connected")).userId, "ann");
        assert.equal(await orders.next("welcome"), "bob");
        assert.equal(main.socket.io, orders.socket.io);
        assert.notEqual(main.socket.id, orders.socket.id);
        const value = { text: "with, a comma", list: [1, null, "\u{1f600}"] };
        assert.deepEqual(await orders.ask("echo", value), value);
        assert.equal((await main.ask("dialogue:join", { roomId: "chat" })).ok, true);
        assert.equal(await orders.ask("later", 7), 7);
        main.socket.io._close();
      });

      it("are entered without the rooms", async () => {
        const enter = connection();
        const orders = await enter("/orders");
        assert.equal(await orders.ask("echo", "alone"), "alone");
        assert.equal(orders.count("dialogue:connected"), 0);
        orders.close();
      });

      it("have their own events and requests", async () => {
        const enter = connection();
        const main = await enter("/");
        const orders = await enter("/orders");
        const others = await connection()("/orders", { userId: "eve" });
        assert.ok((await orders.ask("announce", "fresh")) >= 2);
        assert.equal(await orders.next("news"), "fresh");
        assert.equal(await others.next("news"), "fresh");
        assert.equal((await main.ask("echo", 1)).error.code, "INVALID_REQUEST");
        assert.equal((await orders.ask("dialogue:join", { roomId: "chat" })).error.code, "INVALID_REQUEST");
        assert.equal((await orders.ask("refused")).error.code, "PERMISSION_DENIED");
        assert.equal((await orders.next("dialogue:error")).code, "INVALID_REQUEST");
        assert.equal(main.count("news"), 0);
        main.socket.io._close();
        others.close();
      });

      it("are left one by one, and entered again", async () => {
        const enter = connection();
        const main = await enter("/");
        const orders = await enter("/orders", { userId: `leaver by ${name}` });
        const witness = await connection()("/orders", { userId: "witness" });
        const before = orders.socket.id;
        orders.close();
        assert.deepEqual(await witness.next("left"), [`leaver by ${name}`, "client namespace disconnect"]);
        assert.deepEqual((await main.ask("dialogue:join", { roomId: "chat" })).ok, true);
        orders.socket.connect();
        await orders.next("connect");
        assert.notEqual(orders.socket.id, before);
        main.close();
        assert.equal(await orders.ask("echo", "still here"), "still here");
        orders.close();
        witness.close();
      });

      it("are left when the server says so, with the others or without", async () => {
        const enter = connection();
        const main = await enter("/");
        const orders = await enter("/orders");
        orders.emit("leave");
        for (let i = 0; i < 20; i++) orders.emit("echo", i); // Which cross the server's words.
        assert.equal(await orders.next("disconnect"), "io server disconnect");
        assert.equal((await main.ask("dialogue:join", { roomId: "chat" })).ok, true);
        orders.socket.connect();
        await orders.next("connect");
        orders.emit("leave everything");
        assert.equal(await orders.next("disconnect"), "io server disconnect");
        assert.equal(await main.next("disconnect"), "io server disconnect");
      });

      it("are closed to whom they do not know, and where nobody has opened them", async () => {
        const enter = connection();
        const main = await enter("/");
        const refused = async (namespace, auth) => {
          const client = new RecordingClient(main.socket.io.socket(namespace, { auth }));
          return client.next("connect_error");
        };
        const error = await refused("/staff", { word: "guess" });
        assert.equal(error.message, "That is not the word");
        assert.deepEqual(error.data, { code: "UNAUTHORIZED" });
        assert.equal((await refused("/nowhere", {})).message, "Invalid namespace");
        const staff = await connection()("/staff", { word: "swordfish" });
        assert.equal(await staff.ask("whoami"), "cook");
        assert.equal((await main.ask("dialogue:join", { roomId: "chat" })).ok, true);
        staff.close();
        main.close();
      });
    });
  }
});
