import { DialogueError, readAck } from "./errors.js";
import { Outbox } from "./outbox.js";
import { nextTurn } from "./turns.js";
import { readReceipt } from "./wire.js";

const large = 65_536; // bytes: what a proxy or a server may well refuse for its size; the smallest of the usual bounds

/** A prefix of ids that nobody else has. crypto.randomUUID() is not there for pages that came over http. */
function randomPrefix() {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return `${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}-`;
}

const fail = (triggers, error) => {
  for (const { done } of triggers) done(error);
};

/** What is triggered: it waits in the outbox for its room and its ack, over as many connections as it takes. */
export class Triggering {
  outbox;
  #session;
  #idPrefix = randomPrefix();
  #lastId = 0;
  #toldSize = 0;
  #leaving = []; // ids of what was said to a server that does not acknowledge it, until it has left

  constructor(session) {
    this.#session = session;
    this.outbox = new Outbox(session.options.outbox);
  }

  /** `payload`: that of dialogue:trigger, without its id; `parts`: its size, {text, attachments, largest}. */
  trigger(payload, parts, done) {
    const { timeouts } = this.#session.options;
    const id = this.#idPrefix + ++this.#lastId;
    let timer;
    const ended = (error, receipt) => {
      clearTimeout(timer);
      done(error, receipt);
    };
    try {
      this.outbox.add({ id, roomId: payload.roomId, payload: { ...payload, id }, parts, size: parts.text + parts.attachments, done: ended });
    } catch (error) {
      nextTurn(() => done(error));
      return;
    }
    const late = () => this.#end(id, new DialogueError("TIMEOUT", `Not acknowledged within ${timeouts.trigger} ms (timeouts.trigger)`));
    timer = setTimeout(late, timeouts.trigger);
    this.flush(payload.roomId);
  }

  /** Sends what waits for being inside that room. */
  flush(roomId) {
    const { connector } = this.#session;
    while (connector.isConnected && this.#session.isInside(roomId)) {
      const next = this.outbox.send(roomId);
      if (!next) break;
      const tooLarge = connector.tooLarge(next.parts);
      if (tooLarge) {
        this.outbox.take(next.id);
        nextTurn(() => next.done(tooLarge));
        continue;
      }
      connector.emit("dialogue:trigger", next.payload, ([ack]) => this.#onAck(next.id, ack));
      if (!this.#session.acknowledges("dialogue:trigger")) this.#endOnceSent(next.id);
    }
    this.#tellSize();
  }

  /** Where no ack comes, what has left is done: until then it counts. */
  #endOnceSent(id) {
    this.#leaving.push(id);
    if (this.#leaving.length > 1) return;
    this.#session.connector.whenSent(() => {
      const sent = this.#leaving;
      this.#leaving = [];
      for (const each of sent) this.#end(each, null, { id: each });
    });
  }

  #onAck(id, ack) {
    this.#session.acknowledged.add("dialogue:trigger");
    const [error, reply] = readAck(ack);
    // This connection ends, and over the next one it goes out again.
    if (error?.code === "SERVER_DRAINING") {
      this.outbox.notNow(id);
      return;
    }
    try {
      if (error) throw error;
      const { offset, timestamp } = readReceipt(reply);
      this.#end(id, null, { id, offset, timestamp });
    } catch (failure) {
      this.#end(id, failure);
    }
  }

  #end(id, error, receipt) {
    const heldBack = this.outbox.holdsBack;
    this.outbox.take(id)?.done(error, receipt);
    if (heldBack) {
      for (const roomId of this.#session.rooms.keys()) this.flush(roomId);
    }
    this.#tellSize();
  }

  /** `end`: "broken", "by server" or "by us". Those of rooms that nobody is in any more fail with `why`. */
  connectionLost(end, why) {
    this.#leaving = [];
    // Sent again to a server that knows no ids, it might be applied twice.
    if (!this.#session.acknowledges("dialogue:trigger")) {
      fail(this.outbox.takeUncertain(), new DialogueError("CONNECTION_LOST", "The connection was lost while this was sent, to a server that does not acknowledge; whether it was applied, nobody knows"));
    }
    const poison = this.outbox.connectionLost(end);
    fail(this.outbox.takeOutside(this.#session.rooms), why);
    for (const { size, done } of poison) {
      done(new DialogueError(size >= large ? "PAYLOAD_TOO_LARGE" : "CONNECTION_LOST",
        `Each time this was sent, the last time alone, the connection was closed or broke; it has ${size} bytes, which may be more than the server or a proxy before it takes`));
    }
    this.#tellSize();
  }

  /** Another user's ids are others: sent again, they might be applied twice. */
  userChanged() {
    fail(this.outbox.takeUncertain(), new DialogueError("CONNECTION_LOST",
      "The connection was lost before the answer, and the server now knows us as another user; whether it was applied, nobody knows"));
    this.#tellSize();
  }

  roomLeft(roomId, why) {
    fail(this.outbox.takeWaiting(roomId), why);
    this.#tellSize();
  }

  end(why) {
    fail(this.outbox.takeAll(), why);
    this.#tellSize();
  }

  #tellSize() {
    const { size } = this.outbox;
    if (this.#toldSize === size) return;
    this.#toldSize = size;
    this.#session.signal("outbox", size);
  }
}
