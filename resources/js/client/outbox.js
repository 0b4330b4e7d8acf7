import { DialogueError } from "./errors.js";

const mostClosings = 3; // by the server, with one and the same trigger on its way
const lastAlone = 3; // of outbox.brokenConnections, with nothing else on its way

/**
 * The triggers that wait for a connection or for their ack, in the order they were made. Bounded. After a lost connection all
 * go out again, under their old ids: the server applies each once.
 *
 * One that makes the server close the connection, or breaks it on the way, would do so for ever, and take the others with it. So
 * what was on its way when the server closed goes out again twice, the second time with nothing beside it, and no more; and
 * what was on its way when the connection broke, as often as the limits have it.
 */
export class Outbox {
  #limits;
  #entries = new Map(); // by id
  #bytes = 0;
  #onTheirWay = 0;
  #suspects = 0;
  #isSuspectOnItsWay = false; // and then nothing else

  constructor(limits) {
    this.#limits = limits;
  }

  get size() {
    return this.#entries.size;
  }

  get bytes() {
    return this.#bytes;
  }

  /** Some wait until another one is answered, which may be of another room. */
  get holdsBack() {
    return this.#suspects > 0;
  }

  /** `trigger`: {id, roomId, payload, size, done(error, receipt)}. LIMIT_REACHED. */
  add(trigger) {
    if (this.size >= this.#limits.messages) {
      throw new DialogueError("LIMIT_REACHED", `${this.size} triggers wait to be sent, which is the limit (outbox.messages)`);
    }
    if (this.#bytes + trigger.size > this.#limits.bytes) {
      throw new DialogueError("LIMIT_REACHED", `The triggers that wait to be sent would exceed ${this.#limits.bytes} bytes (outbox.bytes)`);
    }
    this.#bytes += trigger.size;
    this.#entries.set(trigger.id, { trigger, isOnItsWay: false, wasSent: false, closings: 0, breaks: 0, isSuspect: false });
  }

  /** The next one of a room to send, which is then on its way; nothing when there is none for now. */
  send(roomId) {
    for (const entry of this.#entries.values()) {
      if (entry.isOnItsWay || entry.trigger.roomId !== roomId) continue;
      if (this.#isSuspectOnItsWay || (entry.isSuspect && this.#onTheirWay > 0)) return undefined;
      this.#onTheirWay++;
      this.#isSuspectOnItsWay = entry.isSuspect;
      entry.isOnItsWay = true;
      entry.wasSent = true;
      return entry.trigger;
    }
    return undefined;
  }

  /**
   * Nothing is on its way any more: all are to be sent, or sent again, but for those given back, which were there too often when
   * a connection ended. `end`: "broken", "by server" or "by us".
   */
  connectionLost(end) {
    // One that breaks with nothing on its way shows that it is the network's doing.
    const isNobodysFault = end === "broken" && this.#onTheirWay === 0;
    this.#onTheirWay = 0;
    this.#isSuspectOnItsWay = false;
    this.#suspects = 0;
    for (const entry of this.#entries.values()) {
      if (isNobodysFault) entry.breaks = 0;
      if (entry.isOnItsWay) {
        entry.isOnItsWay = false;
        if (end === "by server") entry.closings++;
        if (end === "broken") entry.breaks++;
      }
      entry.isSuspect = this.#isSuspect(entry);
      if (entry.isSuspect) this.#suspects++;
    }
    return this.#takeIf((entry) => this.#isPoison(entry));
  }

  #isSuspect({ closings, breaks }) {
    const most = this.#limits.brokenConnections;
    return closings >= mostClosings - 1 || (most > 0 && breaks >= Math.max(1, most - lastAlone));
  }

  #isPoison({ closings, breaks }) {
    const most = this.#limits.brokenConnections;
    return closings >= mostClosings || (most > 0 && breaks >= most);
  }

  take(id) {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    this.#entries.delete(id);
    this.#bytes -= entry.trigger.size;
    if (entry.isOnItsWay) this.#onTheirWay--;
    if (entry.isSuspect) this.#suspects--;
    if (entry.isOnItsWay && entry.isSuspect) this.#isSuspectOnItsWay = false;
    return entry.trigger;
  }

  #takeIf(isWanted) {
    const taken = [...this.#entries.values()].filter(isWanted);
    for (const { trigger } of taken) this.take(trigger.id);
    return taken.map(({ trigger }) => trigger);
  }

  /** The server has not applied it, and does not take it over this connection: it waits for the next. */
  notNow(id) {
    const entry = this.#entries.get(id);
    if (entry) entry.wasSent = false;
  }

  /** Those of a room that are not on their way. */
  takeWaiting(roomId) {
    return this.#takeIf((entry) => !entry.isOnItsWay && entry.trigger.roomId === roomId);
  }

  /** Those that left over some connection and were not acknowledged. */
  takeUncertain() {
    return this.#takeIf((entry) => entry.wasSent);
  }

  /** Those of none of these rooms. */
  takeOutside(rooms) {
    return this.#takeIf((entry) => !rooms.has(entry.trigger.roomId));
  }

  takeAll() {
    return this.#takeIf(() => true);
  }
}
