// Server-sent events to a crowd: 10,000 readers directly, 1,000 behind nginx. The load generator reads, as it is cheap: each
// event has a number, and each reader counts what it misses, what comes twice or out of order, and whether it is cut off.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { startDialogueServer, unlimited } from "./support/dialogue.mjs";
import { programFromEnvironment } from "./support/process.mjs";
import { startProxy } from "./support/proxies.mjs";

const most = 12_000;
const limits = Object.fromEntries(["maxConnections", "maxConnectionsPerIp", "waitingConnections", "waitingConnectionsPerIp",
  "maxSessions", "maxSessionsPerIp", "sessionsWithoutConnect", "sessionsWithoutConnectPerIp"].map((name) => [name, most]));
const event = { name: "tick", history: { limit: 50 } };
const room = { name: "Crowd", events: [event], slowReader: { policy: "disconnect" } };
const config = { channels: { sse: { enabled: true } }, limits, rateLimit: unlimited, rooms: { crowd: room } };

const run = promisify(execFile);

/** What the generator says of so many subscribers and ten events in a second; any that is lost, twice or late, and any reader
 * that is cut off, is told by its exit code. */
async function deliver(server, url, subscribers, ...more) {
  const { stdout } = await run(programFromEnvironment("DIALOGUE_LOAD"), ["--url", url, "--room", "crowd", "--rate", "10",
    "--warmup", "0", "--duration", "1", "--size", "200", "--subscribers", String(subscribers), "--server-pid", String(server.pid),
    "--json", ...more]);
  const said = JSON.parse(stdout);
  assert.equal(said.connections, subscribers + 1);
  assert.ok(said.events >= 5, `${said.events} events were sent`);
  assert.deepEqual({ lost: said.lost, repeated: said.repeated, broken: said.broken, refused: said.refused, unsent: said.unsent },
    { lost: 0, repeated: 0, broken: 0, refused: 0, unsent: 0 });
  return said;
}

async function withServer(test) {
  const server = await startDialogueServer(config);
  try {
    return await test(server);
  } finally {
    assert.equal(await server.stop(), 0);
  }
}

describe("a crowd that reads server-sent events", { concurrency: false }, () => {
  it("of 10,000 gets each event once and in order, and takes no more memory each than over WebSockets", async (t) => {
    const read = await withServer((server) => deliver(server, server.url, 10_000, "--streams"));
    const sockets = await withServer((server) => deliver(server, server.url, 2_000));
    const told = `${read.serverRssPerConnection.toFixed(0)} bytes of memory for a reader, ${sockets.serverRssPerConnection.toFixed(0)} for ` +
      `a WebSocket; ${read.serverCpuUsPerConnection.toFixed(0)} us to let one in, ${sockets.serverCpuUsPerConnection.toFixed(0)}`;
    t.diagnostic(told);
    assert.ok(read.serverRssPerConnection <= 1.1 * sockets.serverRssPerConnection, told);
  });

  it("of 1,000 behind nginx gets each event once and in order", () => withServer(async (server) => {
    const proxy = await startProxy("nginx", "plain.conf", `127.0.0.1:${server.port}`);
    try {
      await deliver(server, `http://127.0.0.1:${proxy.port}`, 1_000, "--streams");
    } finally {
      await proxy.stop();
    }
  }));
});
