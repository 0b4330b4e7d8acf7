// Requests that never end, and those that come a byte at a time.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { polling } from "../../support/rawclients.mjs";

const each = 60;

/** A connection that begins so and then says a letter now and then; until the server closes it. */
async function begins(attack, text, letters) {
  const connection = await attack.connection();
  connection.send(text);
  let sent = 0;
  while (!connection.closed) {
    if (letters) connection.send(letters), sent++;
    await sleep(100);
    assert.ok(sent < 200, "it may go on for ever");
  }
}

export const halfRequests = {
  name: "half-requests",
  does: "heads and bodies that do not come to an end, or a byte at a time",
  memory: 40,
  async attack(attack) {
    const head = `GET ${polling} HTTP/1.1\r\nHost: localhost\r\nX: `;
    const opened = await fetch(`http://127.0.0.1:${attack.port}${polling}`).then((response) => response.text());
    const { sid } = JSON.parse(opened.slice(1));
    const body = `POST ${polling}&sid=${sid} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n4`;
    const all = [];
    for (const text of ["", head, body]) {
      for (const letters of ["", "a"]) {
        if (!text && letters) continue;
        for (let i = 0; i < (text === body ? 1 : each); i++) all.push(begins(attack, text, letters));
      }
    }
    await Promise.all(all);
    const { workers } = await attack.counters();
    // One asks for the counters.
    assert.ok(workers.connections <= attack.before.workers.connections + 1, `${workers.connections} connections`);
  },
};
