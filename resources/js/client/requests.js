import { DialogueError } from "./errors.js";

const mostRequests = 10_000; // an application that asks more at once does not look at the answers

const bytesOf = ({ size }) => (size ? size.text + size.attachments : 0);

// What an error without an ack may be about, where it names no room.
const subjects = new Map([
  ["ROOM_FULL", ["dialogue:join"]], ["JOIN_DENIED", ["dialogue:join"]], ["ROOM_EXISTS", ["dialogue:createRoom"]],
  ["ROOM_NOT_FOUND", ["dialogue:join", "dialogue:deleteRoom"]],
  ["PERMISSION_DENIED", ["dialogue:createRoom", "dialogue:deleteRoom"]],
]);

/**
 * What was asked and is not answered yet, oldest first. A request: {event, payload, roomId, done(error, reply)}, and
 *   isFromInside  only to be asked while we are in that room
 *   isRepeatable  to be asked again when the connection was lost before the answer
 *   isPlain       the acknowledgement is the answer itself, without ok
 *   asker         whom a reply event is for, where that matters
 *   isReply       whether what the server says, as an event and not in the ack, is the answer
 *   isSilent      servers without acks say nothing: there, sent is done
 *   size          {text, attachments}, in bytes, where it may be large
 */
export class Requests {
  #entries = new Map();
  #lastId = 0;
  #mostBytes;
  #bytes = 0;

  /** `mostBytes`: of all together, as far as their size is told. */
  constructor(mostBytes = Infinity) {
    this.#mostBytes = mostBytes;
  }

  /** LIMIT_REACHED. */
  add(request) {
    if (this.#entries.size >= mostRequests) throw new DialogueError("LIMIT_REACHED", "Too many requests wait for their answers");
    const bytes = bytesOf(request);
    if (this.#bytes + bytes > this.#mostBytes) {
      throw new DialogueError("LIMIT_REACHED", `The requests that wait for their answers would exceed ${this.#mostBytes} bytes (outbox.bytes)`);
    }
    this.#bytes += bytes;
    const id = ++this.#lastId;
    this.#entries.set(id, { id, request, isSent: false, isHeard: false, timer: undefined });
    return id;
  }

  /** The next to be sent, {id, request}, which then is. */
  send(isInside) {
    for (const entry of this.#entries.values()) {
      if (entry.isSent || (entry.request.isFromInside && !isInside(entry.request.roomId))) continue;
      entry.isSent = true;
      return entry;
    }
    return undefined;
  }

  take(id) {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    clearTimeout(entry.timer);
    this.#entries.delete(id);
    this.#bytes -= bytesOf(entry.request);
    return entry.request;
  }

  #takeIf(isWanted) {
    return [...this.#entries.values()].filter(isWanted).map(({ id }) => this.take(id));
  }

  /** The first that asked for this, was sent and was not heard of before; it stays, and its ack may follow. */
  hear(event, roomId) {
    for (const entry of this.#entries.values()) {
      if (!entry.isSent || entry.isHeard || entry.request.event !== event || entry.request.roomId !== roomId) continue;
      entry.isHeard = true;
      return entry.request;
    }
    return undefined;
  }

  /** The first that what the server says answers; it is done with. */
  takeAnswered(event, said) {
    for (const { id, isSent, request } of this.#entries.values()) {
      if (isSent && request.event === event && request.isReply?.(said)) return this.take(id);
    }
    return undefined;
  }

  /** The first that an error of a server without acks may be about; it is done with. */
  takeFailed({ code, roomId }) {
    for (const { id, isSent, request } of this.#entries.values()) {
      const isAbout = roomId ? request.roomId === roomId : subjects.get(code)?.includes(request.event);
      if (isSent && isAbout) return this.take(id);
    }
    return undefined;
  }

  /** All have so many ms from now on, 0: as long as it takes. `late(id)` is called of those that are. */
  restartClocks(time, late) {
    for (const id of this.#entries.keys()) this.startClock(id, time, late);
  }

  startClock(id, time, late) {
    const entry = this.#entries.get(id);
    if (!entry) return;
    clearTimeout(entry.timer);
    entry.timer = time > 0 ? setTimeout(late, time, id) : undefined;
  }

  /** Forgets what was sent, and gives back what must not be asked twice. */
  connectionLost() {
    const lost = this.#takeIf(({ isSent, request }) => isSent && !request.isRepeatable);
    for (const entry of this.#entries.values()) {
      entry.isSent = false;
      entry.isHeard = false;
    }
    return lost;
  }

  takeRoom(roomId) {
    return this.#takeIf(({ request }) => request.isFromInside && request.roomId === roomId);
  }

  takeAll() {
    return this.#takeIf(() => true);
  }

  get hasSent() {
    return [...this.#entries.values()].some(({ isSent }) => isSent);
  }

  /** Some were sent, all of them to the application, whose acks are the answers. */
  get allSentArePlain() {
    return this.hasSent && [...this.#entries.values()].every(({ isSent, request }) => request.isPlain || !isSent);
  }
}
