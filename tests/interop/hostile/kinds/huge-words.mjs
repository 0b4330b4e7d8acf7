// Large things where small ones are expected: each is refused by name, and nothing of it is kept.
import assert from "node:assert/strict";

const huge = "h".repeat(900_000);

export const hugeWords = {
  name: "huge-words",
  does: "auth, meta, ids and names of nearly a megabyte",
  memory: 60,
  async attack(attack) {
    const refused = async (auth) => {
      const error = await attack.client({ auth }).then(() => null, (reason) => reason);
      assert.ok(error, "it was let in");
      return error.data?.code;
    };
    for (let i = 0; i < 20; i++) {
      assert.equal(await refused({ userId: `huge-${i}`, ticket: huge }), "PAYLOAD_TOO_LARGE");
      assert.equal(await refused({ userId: `huge-${i}`, meta: { text: "m".repeat(8000) } }), "UNAUTHORIZED");
      assert.equal(await refused({ userId: "h".repeat(8000) }), "UNAUTHORIZED");
    }
    const client = await attack.client({ userId: "huge" });
    await client.ask("dialogue:join", { roomId: "open", subscriptions: [] });
    const trigger = { roomId: "open", event: "note", data: 1 };
    const asked = [
      ["dialogue:trigger", { ...trigger, meta: { text: "m".repeat(100_000) } }, "PAYLOAD_TOO_LARGE"],
      ["dialogue:trigger", { ...trigger, data: huge }, "PAYLOAD_TOO_LARGE"],
      ["dialogue:trigger", { ...trigger, id: huge }, "INVALID_REQUEST"],
      ["dialogue:trigger", { ...trigger, event: huge }, "INVALID_REQUEST"],
      ["dialogue:join", { roomId: huge }, "INVALID_REQUEST"],
      ["dialogue:join", { roomId: "open", since: { epoch: huge, offset: 0 } }, "INVALID_REQUEST"],
      ["dialogue:subscribe", { roomId: "open", eventName: huge }, "INVALID_REQUEST"],
      ["dialogue:createRoom", { id: huge, name: "Huge" }, "INVALID_REQUEST"],
      ["dialogue:createRoom", { id: "huge", name: "Huge", description: huge }, "INVALID_REQUEST"],
      ["dialogue:listRooms", { after: huge }, "INVALID_REQUEST"],
    ];
    for (let round = 0; round < 3; round++) {
      for (const [name, payload, code] of asked) {
        assert.equal((await client.ask(name, payload)).error?.code, code, `${name} with ${Object.keys(payload)}`);
      }
    }
    const { memory } = await attack.counters();
    assert.ok(memory.used - attack.before.memory.used < 65_536, "something of it is kept");
  },
};
