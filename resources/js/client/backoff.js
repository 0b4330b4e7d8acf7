/** How long to wait before each attempt to connect again: doubling, bounded, and spread by chance. */
export class Backoff {
  #first;
  #most;
  #jitter;
  attempts = 0;

  /** `reconnectionJitter` from 0 to 1: the share of a delay that chance decides. */
  constructor({ reconnectionDelay, reconnectionDelayMax, reconnectionJitter }) {
    this.#first = reconnectionDelay;
    this.#most = Math.max(reconnectionDelay, reconnectionDelayMax);
    this.#jitter = reconnectionJitter;
  }

  /** The next delay, in ms. Only ever shorter than the bound: spread around it and cut off there, half of all would come at once. */
  next() {
    const base = Math.min(this.#most, this.#first * 2 ** Math.min(this.attempts, 32));
    this.attempts++;
    return Math.round(base * (1 - this.#jitter * (1 - Math.random())));
  }

  reset() {
    this.attempts = 0;
  }
}
