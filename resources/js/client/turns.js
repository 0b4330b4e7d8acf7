// When the application is called: never from within a call of its own, and in the order in which things happened.

/** Runs `task` once control was back in the event loop. Not by a timer: those of a page in the background may take a minute. */
export function nextTurn(task) {
  if (typeof setImmediate === "function") {
    setImmediate(task);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    task();
  };
  port2.postMessage(null);
}

/** Runs code of the application. What it throws is uncaught, as out of any event listener, and stops nobody else. */
export function guarded(task) {
  try {
    task();
  } catch (error) {
    if (typeof globalThis.reportError === "function") globalThis.reportError(error);
    else queueMicrotask(() => { throw error; });
  }
}

/** What is to be told, in the order it was said. */
export class Teller {
  #words = [];
  #isPosted = false;

  say(word) {
    this.#words.push(word);
    if (this.#isPosted) return;
    this.#isPosted = true;
    queueMicrotask(() => this.#tell());
  }

  #tell() {
    const words = this.#words;
    this.#words = [];
    // What is said meanwhile has to wait for a turn: who answers each error with another one would keep the loop from all else.
    for (const word of words) guarded(word);
    if (this.#words.length > 0) nextTurn(() => this.#tell());
    else this.#isPosted = false;
  }
}
