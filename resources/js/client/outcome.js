import { nextTurn } from "./turns.js";

/**
 * The promise of something that one need not wait for, such as trigger(). Whoever does not look at it hears of its error by
 * onError(), and not as an unhandled rejection, which would end a Node program.
 */
export class Outcome extends Promise {
  #isLookedAt = false;

  // What then() makes is a plain promise, whose rejection is its owner's business.
  static get [Symbol.species]() {
    return Promise;
  }

  /** Of `begin(resolve, reject)`; `tell(error)` where nobody looks. */
  static of(begin, tell) {
    const outcome = new Outcome(begin);
    Promise.prototype.then.call(outcome, undefined, (error) => {
      // An await looks in a later microtask.
      nextTurn(() => outcome.#isLookedAt || tell(error));
    });
    return outcome;
  }

  then(...handlers) {
    this.#isLookedAt = true;
    return super.then(...handlers);
  }
}
