// What happens to a server besides being killed: faults.cpp, preloaded, does what its control file says.
import { execFileSync } from "node:child_process";
import { closeSync, existsSync, openSync, readSync, statSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const size = 88;
const places = { writeError: 0, syncError: 4, clockSeconds: 8, synced: 16, bootId: 24 };
export const EIO = 5;
export const ENOSPC = 28;

export class Faults {
  #file;
  #boots = 0;

  constructor(folder) {
    const library = join(folder, "faults.so");
    const source = join(dirname(fileURLToPath(import.meta.url)), "faults.cpp");
    execFileSync("c++", ["-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"]);
    const control = join(folder, "faults");
    writeFileSync(control, Buffer.alloc(size));
    this.#file = openSync(control, "r+");
    this.env = { LD_PRELOAD: library, DIALOGUE_FAULTS: control };
  }

  #write(place, bytes) {
    writeSync(this.#file, bytes, 0, bytes.length, places[place]);
  }

  #number(place, value) {
    const bytes = Buffer.alloc(place === "clockSeconds" ? 8 : 4);
    if (bytes.length === 8) bytes.writeBigInt64LE(BigInt(value));
    else bytes.writeInt32LE(value);
    this.#write(place, bytes);
  }

  /** The store's disk gives that error for what is written to it, and synced; 0: none. */
  disk(error) {
    this.#number("writeError", error);
    this.#number("syncError", error === ENOSPC ? 0 : error);
  }

  clock(seconds) {
    this.#number("clockSeconds", seconds);
  }

  #synced() {
    const bytes = Buffer.alloc(8);
    readSync(this.#file, bytes, 0, 8, places.synced);
    return Number(bytes.readBigInt64LE());
  }

  /** How many bytes a loss of power would take of the store's log now. */
  unsynced(store) {
    const log = `${store}-wal`;
    return Math.max(0, existsSync(log) ? statSync(log).size - this.#synced() : 0);
  }

  /** What a killed server had not synced of its log is gone, and the machine has started anew. How many bytes went. */
  losePower(store) {
    const dropped = this.unsynced(store);
    if (dropped > 0) truncateSync(`${store}-wal`, this.#synced());
    this.#write("bootId", Buffer.from(`boot-${++this.#boots}\n\0`));
    return dropped;
  }

  close() {
    closeSync(this.#file);
  }
}
