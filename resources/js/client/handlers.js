import { checkHandler } from "./checks.js";
import { guarded } from "./turns.js";

/** Functions to be called, by name. */
export class Handlers {
  #byName = new Map();

  /** Answers what takes it away again. */
  add(name, handler) {
    checkHandler(handler);
    const entry = { handler };
    if (!this.#byName.has(name)) this.#byName.set(name, new Set());
    this.#byName.get(name).add(entry);
    return () => {
      const entries = this.#byName.get(name);
      entries?.delete(entry);
      if (entries?.size === 0) this.#byName.delete(name);
    };
  }

  has(name) {
    return this.#byName.has(name);
  }

  /** Those that are there now, and still are when it is their turn. */
  call(name, ...args) {
    for (const entry of [...(this.#byName.get(name) ?? [])]) {
      if (this.#byName.get(name)?.has(entry)) guarded(() => entry.handler(...args));
    }
  }

  clear() {
    this.#byName.clear();
  }
}
