import { DialogueError } from "./errors.js";
import { readRefreshed } from "./wire.js";

// Not all clients at once, and with time left for another try.
const earliest = 0.8;
const latest = 0.9;
const longestWait = 7 * 24 * 3600 * 1000; // a timer does not take all
const again = 5000;
const least = 1000; // ms, whatever a server says

/** A connection outlives the token that it was made with: another one is asked for before that expires. */
export class TokenRefresh {
  #session;
  #timer;
  #end = 0;

  constructor(session) {
    this.#session = session;
  }

  /** The server takes the token for so many ms; nothing: as long as it lasts. */
  start(expiresIn) {
    this.stop();
    // An auth that always says the same has nothing else to say.
    if (expiresIn === undefined || typeof this.#session.options.auth !== "function") return;
    const time = Math.min(expiresIn, longestWait);
    this.#end = Date.now() + time;
    this.#timer = setTimeout(() => this.#refresh(), Math.max(least, time * (earliest + (latest - earliest) * Math.random())));
  }

  stop() {
    clearTimeout(this.#timer);
  }

  async #refresh() {
    const { connector, asking } = this.#session;
    const { identity } = connector;
    const isThatConnection = () => connector.isConnected && connector.identity === identity;
    const failed = (error) => {
      if (!isThatConnection()) return; // The next one begins with a fresh token.
      const wait = Math.max(least, error.retryAfter ?? again);
      if (this.#end - Date.now() > wait) this.#timer = setTimeout(() => this.#refresh(), wait);
      this.#session.tellError(error);
    };
    let token;
    try {
      ({ token } = await connector.freshAuth());
    } catch (cause) {
      failed(new DialogueError("UNAUTHORIZED", `auth() failed: ${cause?.message ?? cause}`, { path: "auth", cause }));
      return;
    }
    if (!isThatConnection() || typeof token !== "string" || token === "") return;
    asking.ask({
      event: "dialogue:refresh",
      payload: { token },
      done: (error, reply) => {
        try {
          if (error) throw error;
          this.start(readRefreshed(reply).expiresIn);
        } catch (failure) {
          failed(failure);
        }
      },
    });
  }
}
