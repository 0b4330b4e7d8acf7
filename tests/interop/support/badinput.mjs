// What the tests of bad input share.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { startWitnessed } from "./measure.mjs";
import { impatient, polling, rawClients } from "./rawclients.mjs";

/** A server for the tests of a file to maltreat, with witnesses that must not notice; raw clients of it. */
export function maltreated() {
  let witnessed;
  before(async () => {
    witnessed = await startWitnessed(impatient);
  });
  after(async () => {
    await witnessed?.withoutDelay(async () => {}); // the witnesses are still there
    await witnessed?.stop();
  });
  const server = () => witnessed.server;

  /** Whoever comes next is served as if nothing had been. */
  async function assertServes() {
    assert.ok(server().isRunning(), server().output());
    const response = await fetch(server().url + polling);
    assert.equal(response.status, 200);
    await response.text();
  }

  return { server, assertServes, ...rawClients(server) };
}
