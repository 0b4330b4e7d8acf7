import { DialogueError } from "./errors.js";

const missing = "socket.io-client is missing: npm install socket.io-client; or, in a page, load its socket.io.min.js before, name it in an import map, or give its io as an option";

/** What npm's socket.io-client, 4 or 3, calls `io`: the option, a page's own, or the package. */
export async function findIo(options) {
  let io = options.io ?? globalThis.io;
  if (typeof io !== "function") {
    try {
      // Not above, where a page without an import map could not load this at all.
      ({ io } = await import("socket.io-client"));
    } catch (cause) {
      throw new DialogueError("CONFIG_ERROR", missing, { path: "io", cause });
    }
  }
  // Of 2 and older, which speak another protocol.
  if (typeof io !== "function" || (Number.isFinite(io.protocol) && io.protocol < 5)) {
    throw new DialogueError("CONFIG_ERROR", "io: is not that of socket.io-client 3 or newer", { path: "io" });
  }
  return io;
}
