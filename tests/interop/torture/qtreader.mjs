// A reader on the Qt client: the command line, which writes what it sees a line each, and what it missed as well.
import { spawn } from "node:child_process";
import { programFromEnvironment } from "../support/process.mjs";

export class QtReader {
  seen = [];
  #offset = 0;
  #told = true; // Where it begins, nothing came before.
  #rest = "";

  constructor(url, roomId, name) {
    Object.assign(this, { roomId, name });
    const program = programFromEnvironment("DIALOGUE_CLI");
    // In one stream, in the order they were written.
    this.child = spawn("sh", ["-c", 'exec "$0" tail "$1" --json --url "$2" 2>&1', program, roomId, url], { stdio: ["ignore", "pipe", "ignore"] });
    this.child.stdout.on("data", (chunk) => this.#read(chunk));
  }

  #read(chunk) {
    const lines = (this.#rest + chunk).split("\n");
    this.#rest = lines.pop();
    for (const line of lines) {
      if (!line.startsWith("{")) {
        this.#told ||= line.includes("cannot be recovered");
        continue;
      }
      const { offset, data, gap } = JSON.parse(line);
      if (gap) {
        this.#told = true;
        continue;
      }
      if (this.#told) this.seen.push({ joined: { offset: offset - 1, recovered: false } });
      this.#told = false;
      this.seen.push({ event: { offset, id: data.id } });
      this.#offset = offset;
    }
  }

  /** How far it has come; it is not said where it was told that it cannot go on. */
  get offset() {
    return this.#told ? Infinity : this.#offset;
  }

  stop() {
    this.child.kill("SIGKILL");
  }
}
