// A server of an application (namespaces-server), for the tests of a describe(), and the ways to it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { Manager } from "socket.io-client";
import { RecordingClient, chatRoom, unlimited } from "./dialogue.mjs";
import { programFromEnvironment, startProgram } from "./process.mjs";

export const ways = {
  "websocket only": ["websocket"],
  "polling only": ["polling"],
  "polling, then upgrade": ["polling", "websocket"],
};

const config = {
  host: "127.0.0.1",
  port: 0,
  ...(process.env.DIALOGUE_WORKERS ? { workers: Number(process.env.DIALOGUE_WORKERS) } : {}),
  ...(process.env.DIALOGUE_TRANSPORT ? { transport: process.env.DIALOGUE_TRANSPORT } : {}),
  rooms: {
    chat: chatRoom,
    ...Object.fromEntries(Object.keys(ways).map((way) => [`hall by ${way}`, { ...chatRoom, presence: "users" }])),
  },
  rateLimit: unlimited,
};

/**
 * Starts it before the tests, and stops it behind them. `connection(transports)` opens a connection and gives
 * `enter(namespace, auth)`, which resolves to a client in it, which is in; `url()` is where it listens.
 */
export function applicationServer() {
  let server;
  let folder;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "dialogue-application-"));
    const file = join(folder, "config.json");
    writeFileSync(file, JSON.stringify(config));
    server = await startProgram(programFromEnvironment("DIALOGUE_NAMESPACES_SERVER"), [file]);
  });
  after(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    url: () => server.url,
    connection: (transports) => {
      const manager = new Manager(server.url, { transports, reconnection: false });
      return async (namespace, auth = { userId: "ann" }) => {
        const client = new RecordingClient(manager.socket(namespace, { auth }));
        await client.next("connect");
        return client;
      };
    },
  };
}
