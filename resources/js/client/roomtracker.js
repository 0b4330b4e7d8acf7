/**
 * Where in one room's log this client is; decides what is new, what is a duplicate, and what is lost.
 *
 * Offsets count all events of a room, of which a client gets those it subscribed to: a jump is no gap. A gap is what the server
 * says it cannot recover or has dropped, or a log begun anew: {from, to, isNewLog, reason}, both offsets included.
 *
 * Two places are kept. Up to the position everything was seen, or told to be missing: that is not asked for again. Up to the
 * last event seen nothing is new: a gap may reach beyond it, over events that come yet.
 */
export class RoomTracker {
  #position;
  #seen = 0;
  #told = { from: 0, to: 0 }; // what the last join lost
  #wasJoined;

  /** `since`: go on after this place, {epoch, offset}. */
  constructor(since) {
    this.#position = since ? { epoch: since.epoch, offset: since.offset } : { epoch: "", offset: 0 };
    this.#wasJoined = since !== undefined;
  }

  get position() {
    return { ...this.#position };
  }

  /** What to ask for when joining; nothing: whatever comes from now on. */
  get since() {
    return this.#position.epoch ? this.position : undefined;
  }

  /**
   * The server's answer to a join that asked for `since`. Where it recovers, the place moves on with the events that come, and not
   * before: the answer may be ahead of them. The gap, if there is one.
   */
  joined({ epoch = "", offset = 0, recovered }) {
    const before = this.#position;
    const isAgain = this.#wasJoined;
    this.#wasJoined = true;
    this.#told = { from: 0, to: 0 };
    // Only a claim that fits what was asked: a server cannot go on with a log that is another one.
    const goesOn = before.epoch === epoch && offset >= before.offset;
    if (isAgain && before.epoch && goesOn && recovered) {
      this.#seen = before.offset;
      return undefined;
    }
    this.#position = { epoch, offset };
    this.#seen = offset;
    if (!isAgain) return undefined;
    // It keeps no log; whether something was missed, nobody knows.
    if (!epoch) return { from: 0, to: 0, isNewLog: false, reason: "unrecoverable" };
    if (before.epoch && goesOn && offset === before.offset) return undefined;
    const isNewLog = !before.epoch || !goesOn;
    this.#told = { from: isNewLog ? 1 : before.offset + 1, to: offset };
    return { ...this.#told, isNewLog, reason: "unrecoverable" };
  }

  /** The server's word that it dropped something; nothing where that was told already. */
  dropped({ from, to, reason }) {
    this.#position.offset = Math.max(this.#position.offset, to);
    if (from >= this.#told.from && to <= this.#told.to) return undefined;
    return { from, to, isNewLog: false, reason: reason === "replaced" ? "replaced" : "dropped" };
  }

  /** False for what was seen already. Events without an offset are new, and move nothing. */
  accept(offset) {
    if (!offset) return true;
    if (offset <= this.#seen) return false;
    this.#seen = offset;
    this.#position.offset = Math.max(this.#position.offset, offset);
    return true;
  }
}
