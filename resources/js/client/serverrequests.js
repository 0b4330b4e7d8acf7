import { checkHandler } from "./checks.js";
import { DialogueError } from "./errors.js";
import { payloadOf } from "./payload.js";

const busy = (most) => new DialogueError("UNAVAILABLE", `${most} requests wait for this client's answers, as many as may (limits.requests); try again`, { retryAfter: 1000 });

/** What the application answers where the server asks: by name, each once, now or later. */
export class ServerRequests {
  #most;
  #handlers = new Map();
  #waiting = 0;
  #tell;
  #tooLarge;

  /** `tell(error)`: what a handler threw; `tooLarge(size)`: the error, where an answer of that size cannot be sent. */
  constructor(most, tell, tooLarge) {
    this.#most = most;
    this.#tell = tell;
    this.#tooLarge = tooLarge;
  }

  /** In place of an earlier one of that name; null: nobody answers any more. */
  setHandler(name, handler) {
    if (handler === null || handler === undefined) {
      this.#handlers.delete(name);
      return;
    }
    checkHandler(handler);
    this.#handlers.set(name, handler);
  }

  /** Unless another one has taken its place. */
  remove(name, handler) {
    if (this.#handlers.get(name) === handler) this.#handlers.delete(name);
  }

  answers(name) {
    return this.#handlers.has(name);
  }

  /** The answer as it goes over the wire. */
  async answer(message) {
    const refusal = (error) => ({ ok: false, error: error.toJSON() });
    const handler = this.#handlers.get(message.event);
    if (!handler) return refusal(new DialogueError("INVALID_REQUEST", `This client answers no request '${message.event.slice(0, 64)}'`));
    if (this.#waiting >= this.#most) return refusal(busy(this.#most));
    this.#waiting++;
    try {
      const answer = payloadOf(await handler(message), "answer");
      const error = this.#tooLarge(answer);
      return error ? refusal(error) : answer.value;
    } catch (error) {
      if (error instanceof DialogueError) return refusal(error);
      this.#tell(new DialogueError("IO_ERROR", `The handler of the request '${message.event.slice(0, 64)}' failed: ${error?.message ?? error}`, { cause: error }));
      return refusal(new DialogueError("IO_ERROR", "The client failed at this; whether it was done, nobody knows"));
    } finally {
      this.#waiting--;
    }
  }
}
