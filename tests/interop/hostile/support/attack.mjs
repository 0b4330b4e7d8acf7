// What a kind of hostile clients is given: addresses that nobody else has, clients that end with it, and questions.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { RawConnection } from "../../support/rawconnection.mjs";
import { Client } from "./client.mjs";

export class Attack {
  #stage;
  #number;
  #open = new Set();
  before; // the counters when it began
  mostClients = 0;

  constructor(stage, number, before) {
    this.#stage = stage;
    this.#number = number;
    this.before = before;
  }

  get port() {
    return this.#stage.port;
  }
  /** What the bystander had of turns, up to when the counters were asked for the last time. */
  get bystander() {
    return this.#stage.turns;
  }
  counters() {
    return this.#stage.counters();
  }

  /** Addresses of this kind alone: budgets are kept by address. */
  address(which = 1) {
    return `127.${this.#number}.${which >> 8}.${which & 255}`;
  }
  /** A client from that address; see Client. */
  async client({ from = 1, ...options } = {}) {
    const client = new Client({ port: this.port, address: this.address(from), ...options });
    this.#opened(client, client.closed, () => client.vanish());
    if (options.auth !== null) await client.ready;
    else await client.opened;
    return client;
  }
  async clients(count, options = {}) {
    return Promise.all(Array.from({ length: count }, (_, i) => this.client({ userId: `nobody-${i}`, ...options })));
  }
  /** A bare TCP connection. */
  async connection({ from = 1 } = {}) {
    const connection = await RawConnection.open(this.port, { localAddress: this.address(from) });
    const closed = new Promise((resolve) => connection.socket.once("close", resolve));
    this.#opened(connection, closed, () => connection.destroy());
    return connection;
  }

  /** Waits until `isSo(counters)`; the counters then. */
  async until(isSo, what, patience = 15_000) {
    const deadline = Date.now() + patience;
    for (;;) {
      const counters = await this.counters();
      if (isSo(counters)) return counters;
      assert.ok(Date.now() < deadline, `${what}: still not; ${JSON.stringify(counters)}`);
      await sleep(30);
    }
  }

  /** All its clients are gone. */
  end() {
    for (const close of [...this.#open]) close();
  }

  #opened(what, closed, close) {
    this.#open.add(close);
    this.mostClients = Math.max(this.mostClients, this.#open.size);
    closed.then(() => this.#open.delete(close));
  }
}

/** `promise`, but no longer than that: whether it came to an end. */
export async function within(ms, promise) {
  const cancel = new AbortController();
  try {
    return await Promise.race([promise.then(() => true), sleep(ms, false, { signal: cancel.signal })]);
  } finally {
    cancel.abort();
  }
}
