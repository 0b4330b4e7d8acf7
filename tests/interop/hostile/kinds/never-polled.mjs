// Polling sessions that come back to a room, and never poll for what they have missed.
import assert from "node:assert/strict";
import { encodeRequest } from "../../support/rawconnection.mjs";
import { polling } from "../../support/rawclients.mjs";

const sessions = 200;
const portion = 65_536; // of what a client missed that waits for it

export const neverPolled = {
  name: "never-polled",
  does: "polling sessions that ask for all they have missed, and never poll",
  memory: 60,
  async attack(attack) {
    const sender = await attack.client({ userId: "sender", from: 2 });
    const { epoch } = await sender.ask("dialogue:join", { roomId: "kept", subscriptions: [] });
    for (let i = 0; i < 500; i += 50) {
      await Promise.all(Array.from({ length: 50 }, () =>
        sender.ask("dialogue:trigger", { roomId: "kept", event: "note", data: "d".repeat(3900) })));
    }
    const { workers: filled } = await attack.counters();
    const join = "42" + JSON.stringify(["dialogue:join", { roomId: "kept", since: { epoch, offset: 0 }, subscriptions: ["*"] }]);
    const comeBack = async (connection) => {
      const ask = async (...request) => {
        connection.send(encodeRequest(...request));
        return (await connection.readResponse(20_000)).body;
      };
      const { sid } = JSON.parse((await ask("GET", polling)).slice(1));
      const session = `${polling}&sid=${sid}`;
      assert.equal(await ask("POST", session, {}, "40"), "ok");
      assert.match(await ask("GET", session), /^40/); // It is in; from here on it polls no more.
      assert.equal(await ask("POST", session, {}, join), "ok");
    };
    const several = async () => {
      const connection = await attack.connection();
      for (let i = 0; i < sessions / 10; i++) await comeBack(connection);
      connection.destroy();
    };
    await Promise.all(Array.from({ length: 10 }, several));
    attack.mostClients = sessions + 1; // Over ten connections; each has turns of its own.
    const { workers, replays } = await attack.until(({ replays: { begun } }) =>
      begun - attack.before.replays.begun >= sessions, "all have come back");
    assert.equal(replays.running - attack.before.replays.running, sessions, "they were sent it all");
    const waiting = workers.queuedBytes - filled.queuedBytes;
    assert.ok(waiting <= sessions * portion * 1.5, `${waiting} bytes wait for them`);
    assert.ok(replays.bytes - attack.before.replays.bytes <= sessions * portion * 1.5);
  },
};
