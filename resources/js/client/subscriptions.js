/**
 * What one room's participant is subscribed to, as far as it is known here: which events a room gives by default, the server
 * tells when it is joined.
 */
export class Subscriptions {
  #base;
  #added = new Set();
  #removed = new Set();

  /** `base`: what the join asks for; left out: the room's defaults. */
  constructor(base) {
    this.#base = base && [...base];
  }

  /** The server told what it has us subscribed to by default, before what was asked for since. */
  learn(base) {
    this.#base ??= [...base];
  }

  add(event) {
    this.#removed.delete(event);
    this.#added.add(event);
  }

  remove(event) {
    this.#added.delete(event);
    this.#removed.add(event);
  }

  /** All of them, or nothing where the defaults are not known. */
  get all() {
    if (!this.#base) return undefined;
    return [...new Set([...this.#base, ...this.#added])].filter((event) => !this.#removed.has(event));
  }

  /** Besides the defaults. */
  get added() {
    return [...this.#added];
  }

  /** Out of the defaults. */
  get removed() {
    return [...this.#removed];
  }
}
