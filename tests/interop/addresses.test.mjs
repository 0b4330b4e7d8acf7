// Where the server listens besides an address and a port: at a Unix socket, and at what systemd hands over.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { io } from "socket.io-client";
import WebSocket from "ws";
import { unlimited } from "./support/dialogue.mjs";
import { programFromEnvironment } from "./support/process.mjs";
import { freePort } from "./support/proxies.mjs";

const timeout = 20_000;
let folder;
let running = [];
before(() => { folder = mkdtempSync(join(tmpdir(), "dialogue-addresses-")); });
after(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const each of running) await each.stop("SIGKILL");
  running = [];
});

/** A program, from its start to its end. */
function start(program, args) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let changed = () => {};
  const exit = new Promise((resolve) => child.once("exit", (code, signal) => resolve(code ?? signal)));
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => { output += chunk; changed(); });
  }
  exit.then(() => changed());
  const started = {
    output: () => output,
    exit,
    async prints(pattern) {
      const deadline = Date.now() + timeout;
      while (!pattern.test(output)) {
        if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${pattern} was not printed:\n${output}`);
        await new Promise((resolve) => { changed = resolve; setTimeout(resolve, 1000); });
      }
    },
    stop(signal = "SIGTERM") {
      child.kill(signal);
      return exit;
    },
  };
  running.push(started);
  return started;
}

function configFile(config) {
  const file = join(folder, "config.json");
  writeFileSync(file, JSON.stringify({ rooms: { chat: {} }, rateLimit: unlimited, ...config }));
  return file;
}
const startServer = (config, ...args) => start(programFromEnvironment("DIALOGUE_SERVER"), ["--config", configFile(config), ...args]);

/** The answer to a handshake through the Unix socket `path`, or at `port`. */
function handshake({ path, port }, headers = {}) {
  const target = path ? { socketPath: path } : { host: "127.0.0.1", port };
  return new Promise((resolve, reject) => {
    const request = http.get({ ...target, agent: false, path: "/socket.io/?EIO=4&transport=polling", headers }, (response) => {
      let body = "";
      response.on("data", (chunk) => { body += chunk; });
      response.on("end", () => resolve({ status: response.statusCode, body }));
    });
    request.once("error", reject);
  });
}

/** socket.io-client over the Unix socket. */
async function connectThrough(path, transport) {
  class Agent extends http.Agent {
    createConnection(options, done) {
      return super.createConnection({ ...options, path, host: undefined, port: undefined }, done);
    }
  }
  const client = io("http://localhost", { agent: new Agent(), transports: [transport], reconnection: false, forceNew: true });
  await new Promise((resolve, reject) => client.once("connect", resolve).once("connect_error", reject));
  const answer = await client.timeout(timeout).emitWithAck("dialogue:join", { roomId: "chat" });
  client.disconnect();
  return answer;
}

describe("a Unix socket", () => {
  it("is a file of the mode asked for while the server runs, and gone after it", async () => {
    const path = join(folder, "a.sock");
    const server = startServer({ host: `unix:${path},mode=0600` });
    await server.prints(/listens on unix:/);
    assert.match(server.output(), new RegExp(`dialogue-server listens on unix:${path}\n`));
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.match((await handshake({ path })).body, /^0\{"sid"/);
    assert.equal(await server.stop(), 0);
    assert.ok(!existsSync(path));
  });
  for (const transport of ["polling", "websocket"]) {
    it(`is a way in over ${transport}, given by --host too`, async () => {
      const path = join(folder, "b.sock");
      const server = startServer({}, "--host", `unix:${path}`);
      await server.prints(/listens on/);
      assert.equal((await connectThrough(path, transport)).ok, true);
    });
  }
  it("of a server that was killed is taken over, of one that runs it is not", async () => {
    const path = join(folder, "c.sock");
    const first = startServer({ host: `unix:${path}` });
    await first.prints(/listens on/);
    const second = startServer({ host: `unix:${path}` });
    assert.equal(await second.exit, 1);
    assert.match(second.output(), /somebody listens there/);
    assert.match((await handshake({ path })).body, /^0\{"sid"/);
    await first.stop("SIGKILL");
    assert.ok(existsSync(path));
    const third = startServer({ host: `unix:${path}` });
    await third.prints(/listens on/);
    assert.match((await handshake({ path })).body, /^0\{"sid"/);
  });
  it("counts all who come through it as one, but those a trusted proxy tells apart", async () => {
    const limits = { maxSessionsPerIp: 2, sessionsWithoutConnectPerIp: 2 };
    const path = join(folder, "d.sock");
    const from = (address) => handshake({ path }, { "X-Forwarded-For": address });
    for (const [trustedProxies, third] of [[[], 503], [["unix"], 200]]) {
      const server = startServer({ host: `unix:${path}`, trustedProxies, auth: { claimed: true }, limits });
      await server.prints(/listens on/);
      assert.equal((await from("203.0.113.1")).status, 200);
      assert.equal((await from("203.0.113.1")).status, 200);
      assert.equal((await from("203.0.113.2")).status, third);
      assert.equal((await from("203.0.113.1")).status, 503);
      await server.stop();
    }
  });
});

describe("systemd", () => {
  const activate = (options, ...args) => start("systemd-socket-activate",
    [...options, programFromEnvironment("DIALOGUE_SERVER"), "--config", configFile({}), ...args]);

  it("hands over several sockets, which go before host and port", async () => {
    const port = await freePort();
    const path = join(folder, "e.sock");
    const server = activate(["-l", `127.0.0.1:${port}`, "-l", path], "--port", "1");
    await server.prints(/Listening on.*\n.*Listening on/);
    const [byPort, byPath] = await Promise.all([handshake({ port }), handshake({ path })]);
    assert.match(byPort.body, /^0\{"sid"/);
    assert.match(byPath.body, /^0\{"sid"/);
    await server.prints(new RegExp(`dialogue-server listens on http://127.0.0.1:${port}\n`));
    const socket = new WebSocket(`ws+unix://${path}:/socket.io/?EIO=4&transport=websocket`);
    assert.match(await new Promise((resolve, reject) => socket.once("message", (data) => resolve(String(data))).once("error", reject)), /^0\{/);
    socket.close();
    assert.equal(await server.stop(), 0);
    assert.ok(existsSync(path)); // It is systemd's.
  });
  it("is told when it hands over what accepts nothing", async () => {
    const port = await freePort();
    const server = activate(["--datagram", "-l", `127.0.0.1:${port}`]);
    await server.prints(/Listening on/);
    const { createSocket } = await import("node:dgram");
    const sender = createSocket("udp4");
    sender.send("wake up", port, "127.0.0.1");
    assert.equal(await server.exit, 1);
    sender.close();
    assert.match(server.output(), /descriptor 3, which was handed over, is a socket of datagrams; .*ListenStream=, and Accept=no/);
  });
  it("hands over what others reach only where somebody vouches for users", async () => {
    const port = await freePort();
    const activateWith = (config) => start("systemd-socket-activate",
      ["-l", `0.0.0.0:${port}`, programFromEnvironment("DIALOGUE_SERVER"), "--config", configFile(config)]);
    const refusing = activateWith({});
    await refusing.prints(/Listening on/);
    await assert.rejects(handshake({ port }));
    assert.equal(await refusing.exit, 1);
    assert.match(refusing.output(), /Nobody vouches for who clients are, and it listens beyond this machine \(http:\/\/0\.0\.0\.0:\d+\)/);
    const serving = activateWith({ auth: { claimed: true } });
    await serving.prints(/Listening on/);
    assert.match((await handshake({ port })).body, /^0\{"sid"/);
    assert.equal(await serving.stop(), 0);
  });
  it("may have handed something to another process", async () => {
    const server = start("/usr/bin/env", ["LISTEN_PID=1", "LISTEN_FDS=1", programFromEnvironment("DIALOGUE_SERVER"), "--config", configFile({}), "--port", "0"]);
    await server.prints(/listens on http:\/\/127\.0\.0\.1:\d+/);
    assert.equal(await server.stop(), 0);
  });
});
