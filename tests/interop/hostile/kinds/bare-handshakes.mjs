// Ten thousand polling handshakes and nothing else: they lock out nobody, not even behind the same address.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { encodeRequest } from "../../support/rawconnection.mjs";
import { polling } from "../../support/rawclients.mjs";

const connections = 50;
const perConnection = 200;
const perAddress = 2000; // limits.sessionsWithoutConnectPerIp

export const bareHandshakes = {
  name: "bare-handshakes",
  does: "10,000 sessions without a CONNECT",
  memory: 80,
  async attack(attack) {
    const request = encodeRequest("GET", polling);
    const statuses = {};
    const flood = async () => {
      const connection = await attack.connection();
      connection.send(Buffer.concat(Array.from({ length: perConnection }, () => request)));
      for (let i = 0; i < perConnection; i++) {
        const { status, kind } = await connection.readResponse(20_000);
        statuses[status ?? kind] = (statuses[status ?? kind] ?? 0) + 1;
        if (status === undefined) break;
      }
      connection.destroy();
    };
    await Promise.all(Array.from({ length: connections }, flood));
    const { workers } = await attack.counters();
    assert.ok(statuses[200] >= perAddress, JSON.stringify(statuses));
    assert.ok(workers.sessions - attack.before.workers.sessions <= perAddress, `${workers.sessions} sessions`);
    assert.ok(workers.sessionsRefused + workers.sessionsGivenWay > attack.before.workers.sessionsRefused +
      attack.before.workers.sessionsGivenWay);
    // A neighbour comes in, as soon as some have waited for more than a second.
    let neighbour;
    for (let tries = 0; !neighbour; tries++) {
      assert.ok(tries < 100, "somebody behind the same address is locked out");
      neighbour = await attack.client({ userId: "neighbour" }).catch(() => null);
      if (!neighbour) await sleep(100);
    }
    assert.ok((await neighbour.ask("dialogue:join", { roomId: "open" })).ok);
  },
};
