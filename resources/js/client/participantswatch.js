import { DialogueError } from "./errors.js";
import { ParticipantList } from "./participants.js";
import { readParticipants } from "./wire.js";

const mostWaiters = 10_000;
const spread = 500; // ms: where many miss the same, they do not all ask at once
const retry = 1000;
const longestWait = 60_000; // that a server may ask for
const isForNow = new Set(["RATE_LIMITED", "LIMIT_REACHED", "UNAVAILABLE", "SERVER_DRAINING"]);

/**
 * Keeps the list of who is in one room up to date, over all the connections of its client: asks for it, and asks anew where
 * something was missed. `ask(after, done)` asks for a page, `tell(changes)` says that the list has changed: null, all of it.
 */
export class ParticipantsWatch {
  list = new ParticipantList();
  #ask;
  #tell;
  #waiters = [];
  #timer;
  #begun = 0; // times it was begun anew: answers to what was asked before do not count
  #isWatching = false;
  #isAsking = false;
  #isThere = false;

  constructor(ask, tell) {
    this.#ask = ask;
    this.#tell = tell;
  }

  /** `done(error)` once the list is there. */
  watch(done) {
    if (this.#isWatching && this.#isThere && this.#waiters.length === 0) {
      done(null);
      return;
    }
    if (this.#waiters.length >= mostWaiters) {
      done(new DialogueError("LIMIT_REACHED", `${mostWaiters} wait already to hear who is in the room`));
      return;
    }
    this.#waiters.push(done);
    if (this.#isWatching) return;
    this.#isWatching = true;
    this.#restart();
  }

  joined() {
    if (this.#isWatching) this.#restart();
  }

  end(error) {
    clearTimeout(this.#timer);
    this.#isWatching = false;
    this.#finish(error);
  }

  #finish(error) {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const done of waiters) done(error);
  }

  #restart() {
    clearTimeout(this.#timer);
    this.list.restart();
    this.#begun++;
    if (!this.#isAsking) this.#askPage();
  }

  #restartIn(time) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#restart(), time);
  }

  #askPage() {
    this.#isAsking = true;
    const begun = this.#begun;
    this.#ask(this.list.after, (error, reply) => {
      this.#isAsking = false;
      if (!this.#isWatching) return;
      if (begun !== this.#begun) {
        this.#askPage();
        return;
      }
      if (error) this.#onRefused(error);
      else this.#onPage(reply);
    });
  }

  #onPage(reply) {
    let outcome;
    try {
      outcome = this.list.takePage(readParticipants(reply));
    } catch (error) {
      this.#onRefused(error);
      return;
    }
    if (outcome === "continues") this.#askPage();
    if (outcome === "missed") this.#restartIn(Math.random() * spread);
    if (outcome !== "complete") return;
    this.#isThere = true;
    this.#tell(null);
    this.#finish(null);
  }

  onNotice(notice) {
    const outcome = this.list.takeNotice(notice);
    if (outcome === "missed") this.#restartIn(Math.random() * spread);
    if (outcome === "changed") this.#tell(notice.changes ?? []);
  }

  #onRefused(error) {
    if (error.code === "CONNECTION_LOST") return; // The next one asks anew.
    if (isForNow.has(error.code) || (error.code === "TIMEOUT" && this.#isThere)) {
      this.#restartIn(Math.min(Math.max(error.retryAfter ?? retry, spread), longestWait));
      return;
    }
    this.#isWatching = false;
    this.#isThere = false;
    this.list.clear();
    this.#tell(null);
    this.#finish(error);
  }
}
