// dialogue-server on a config of the tests' own, and Socket.IO clients for it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { io } from "socket.io-client";
import { programFromEnvironment, startProgram, workerOptions } from "./process.mjs";

/** The room the original's SDK is tried with, as JSON, which is YAML too. */
export const chatRoom = {
  name: "Chat",
  maxSize: 50,
  events: [
    {
      name: "message",
      schema: {
        type: "object",
        properties: { text: { type: "string", minLength: 1, maxLength: 1000 }, senderId: { type: "string" } },
        required: ["text"],
      },
      history: { enabled: true, limit: 50 },
    },
    { name: "typing" },
  ],
  defaultSubscriptions: ["message"],
};

// All of a test's clients are one address, and do more than people do.
const plenty = { maxEvents: 1_000_000, window: "1s" };
export const unlimited = { global: plenty, requests: { connect: plenty, join: plenty, createRoom: plenty } };

const defaultConfig = { roomCreation: { create: "anyone" }, rooms: { chat: chatRoom }, rateLimit: unlimited };

/** Starts dialogue-server; `config` overrides top-level keys, or is YAML, as it stands. */
export async function startDialogueServer(config = {}, { port = 0, args = [], env = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "dialogue-interop-"));
  const isText = typeof config === "string";
  const file = join(folder, isText ? "config.yaml" : "config.json");
  writeFileSync(file, isText ? config : JSON.stringify({ ...defaultConfig, ...config }, null, 2));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const program = programFromEnvironment("DIALOGUE_SERVER");
    const server = await startProgram(program, ["--config", file, "--host", "127.0.0.1", "--port", String(port), ...workerOptions(), ...args], { env });
    return {
      ...server,
      async stop(signal) {
        const code = await server.stop(signal);
        remove();
        return code;
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * A socket.io-client whose events are kept, so that none is missed between two awaits. `next(event)` answers the
 * oldest one not yet asked for.
 */
export class RecordingClient {
  #kept = new Map();
  #waiting = new Map();

  /** `target`: an address, or a socket that already is. */
  constructor(target, options = {}) {
    this.socket = typeof target === "string"
      ? io(target, { transports: ["websocket"], forceNew: true, reconnection: false, ...options })
      : target;
    this.socket.onAny((event, ...args) => this.#happened(event, args[0]));
    for (const event of ["connect", "connect_error", "disconnect"]) {
      this.socket.on(event, (value) => this.#happened(event, value));
    }
  }

  #happened(event, value) {
    const waiting = this.#waiting.get(event)?.shift();
    if (waiting) waiting(value);
    else this.#kept.set(event, [...(this.#kept.get(event) ?? []), value]);
  }

  next(event, timeout = 15_000) {
    const kept = this.#kept.get(event);
    if (kept?.length) return Promise.resolve(kept.shift());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${event} within ${timeout} ms`)), timeout);
      const waiting = this.#waiting.get(event) ?? [];
      this.#waiting.set(event, waiting);
      waiting.push((value) => {
        clearTimeout(timer);
        resolve(value);
      });
    });
  }

  /** How many of an event came and were not asked for. */
  count(event) {
    return this.#kept.get(event)?.length ?? 0;
  }

  emit(event, ...args) {
    this.socket.emit(event, ...args);
  }

  /** Emits and answers the ack. */
  ask(event, ...args) {
    return this.socket.timeout(15_000).emitWithAck(event, ...args);
  }

  close() {
    this.socket.disconnect();
  }
}

/** A client that is connected and knows its {clientId, userId}. */
export async function connectClient(server, userId, options = {}) {
  const client = new RecordingClient(server.url, { auth: { userId }, ...options });
  Object.assign(client, await client.next("dialogue:connected"));
  return client;
}
