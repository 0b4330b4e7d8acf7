// The proxies of examples/deployment in front of the server: polling, WebSocket and the upgrade come through, and the
// server knows who its clients are.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { io } from "socket.io-client";
import { startBrowser } from "./support/browser.mjs";
import { programFromEnvironment } from "./support/process.mjs";
import { changed, example, makeCertificate, startProxy } from "./support/proxies.mjs";

const clientAddress = "127.0.0.77"; // All of 127/8 is this machine; the proxies reach the server from 127.0.0.1.
const timeout = 20_000;

let certificate;
before(() => { certificate = makeCertificate(); });
after(() => certificate?.remove());

/** The server on examples/deployment/dialogue.yaml, with what stands in `more` besides. */
async function startServer({ host = "127.0.0.1", trusted = '["127.0.0.1"]', more = "" } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "dialogue-deployment-"));
  const file = join(folder, "server.yaml");
  const address = host === "unix" ? `unix:${join(folder, "dialogue.sock")}` : host;
  writeFileSync(file, changed(example("dialogue.yaml"), [["host: 127.0.0.1", `host: ${address}`], ["port: 3000", "port: 0"],
    ['trustedProxies: ["127.0.0.1"]', `trustedProxies: ${trusted}\ndemo: true\n${more}`]]));
  const child = spawn(programFromEnvironment("DIALOGUE_WHOAMI_SERVER"), [file], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const url = await new Promise((resolve, reject) => {
    const onData = (chunk) => {
      output += chunk;
      const match = /listens on (\S+)/.exec(output);
      if (match) resolve(match[1]);
    };
    child.stdout.on("data", onData);
    child.stderr.on("data", onData);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${output}`)));
  });
  return {
    upstream: url.replace(/^http:\/\//, ""),
    async stop() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Requests from the client's address, which believe the certificate of the test. */
function agentFor(url) {
  const options = { localAddress: clientAddress, family: 4 };
  return url.startsWith("https") ? new https.Agent({ ...options, ca: readFileSync(certificate.crt) }) : new http.Agent(options);
}

/** {status, headers, body} of a GET. */
function get(url, headers = {}) {
  const agent = agentFor(url);
  return new Promise((resolve, reject) => {
    const request = (url.startsWith("https") ? https : http).get(url, { agent, headers }, (response) => {
      let body = "";
      response.on("data", (chunk) => { body += chunk; });
      response.on("end", () => { agent.destroy(); resolve({ status: response.statusCode, headers: response.headers, body }); });
    });
    request.once("error", reject);
    request.setTimeout(timeout, () => request.destroy(new Error(`no answer from ${url}`)));
  });
}

/** A socket.io-client through the proxy, as a page of the site would be; its user id once it is connected. */
async function connect(proxy, path, options = {}) {
  const agent = agentFor(proxy.url);
  const client = io(proxy.url, { path, agent, reconnection: false, forceNew: true, ...options });
  const connected = new Promise((resolve) => client.once("dialogue:connected", resolve));
  const failed = new Promise((_, reject) => {
    client.once("connect_error", reject);
    setTimeout(() => reject(new Error(`not connected within ${timeout} ms\n${proxy.output()}`)), timeout).unref();
  });
  const { userId } = await Promise.race([connected, failed]);
  return { client, userId, close() { client.disconnect(); agent.destroy(); } };
}

/** A round trip, there and to all others. */
async function chat({ client }) {
  assert.deepEqual((await client.timeout(timeout).emitWithAck("dialogue:join", { roomId: "chat", subscriptions: ["*"] })).ok, true);
  const event = new Promise((resolve) => client.once("dialogue:event", resolve));
  await client.timeout(timeout).emitWithAck("dialogue:trigger", { roomId: "chat", event: "said", data: { text: "x".repeat(100_000) } });
  assert.equal((await event).data.text.length, 100_000);
}

const transports = { polling: ["polling"], WebSocket: ["websocket"], "both, upgrading": ["polling", "websocket"] };

/** The tests of one proxy on one example. */
function describeProxy(kind, name, { secure = false, prefix = "", server: serverOptions = {}, from } = {}) {
  describe(`${kind} on ${name}`, () => {
    let server;
    let proxy;
    const expected = secure ? `${clientAddress} by TLS` : clientAddress;
    before(async () => {
      server = await startServer(serverOptions);
      proxy = await startProxy(kind, name, server.upstream, { certificate: secure ? certificate : null, from });
    });
    after(async () => {
      await proxy?.stop();
      await server?.stop();
    });
    for (const [words, list] of Object.entries(transports)) {
      it(`lets a client through over ${words}`, async () => {
        const origin = { Origin: proxy.url };
        const connection = await connect(proxy, `${prefix}/socket.io/`, { transports: list, extraHeaders: origin });
        assert.equal(connection.userId, expected);
        if (list.length > 1) {
          const { engine } = connection.client.io;
          if (engine.transport.name !== "websocket") await new Promise((resolve) => engine.once("upgrade", resolve));
        }
        await chat(connection);
        connection.close();
      });
    }
    it("does not let a client say who it is", async () => {
      const claim = { "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": secure ? "http" : "https", Forwarded: "for=203.0.113.9;proto=https" };
      const host = new URL(proxy.url).host;
      assert.equal((await get(`${proxy.url}${prefix}/whoami`, claim)).body, `${expected} at ${host}`);
      for (const list of [["polling"], ["websocket"]]) {
        const connection = await connect(proxy, `${prefix}/socket.io/`, { transports: list, extraHeaders: claim });
        assert.equal(connection.userId, expected);
        connection.close();
      }
    });
    it("keeps pages of other sites out", async () => {
      const answer = await get(`${proxy.url}${prefix}/socket.io/?EIO=4&transport=polling`, { Origin: "https://evil.example" });
      assert.equal(answer.status, 403);
    });
    it("serves the demo page", async () => {
      const answer = await get(`${proxy.url}${prefix}/`);
      assert.equal(answer.status, 200);
      for (const [, file] of answer.body.matchAll(/(?:src|href)="([^"#:]+)"/g)) {
        assert.equal((await get(new URL(file, `${proxy.url}${prefix}/`).href)).status, 200, file);
      }
      if (prefix) assert.ok([301, 302, 307, 308].includes((await get(proxy.url + prefix)).status));
    });
  });
}

describeProxy("nginx", "plain.conf");
describeProxy("nginx", "subpath.conf", { prefix: "/chat" });
describeProxy("nginx", "tls.conf", { secure: true });
describeProxy("nginx", "unix.conf", { server: { host: "unix", trusted: "[unix]" }, from: "unix:/run/dialogue/dialogue.sock" });
describeProxy("haproxy", "plain.cfg");
describeProxy("haproxy", "subpath.cfg", { prefix: "/chat" });
describeProxy("haproxy", "tls.cfg", { secure: true });
describeProxy("haproxy", "tcp.cfg", { secure: true, server: { more: "proxyProtocol: true" } });
describeProxy("caddy", "plain.Caddyfile");
describeProxy("caddy", "subpath.Caddyfile", { prefix: "/chat" });
describeProxy("caddy", "tls.Caddyfile", { secure: true });

describe("a proxy that does not pass Host on as it came", () => {
  const host = "proxy_set_header Host $http_host;";
  const forwarded = "proxy_set_header X-Forwarded-Host $http_host;";
  const ways = [
    ["is believed without the port", [[host, "proxy_set_header Host $host;"], [forwarded, ""]]],
    ["may say the port beside it", [[host, ""], [forwarded, "proxy_set_header X-Forwarded-Host $host; proxy_set_header X-Forwarded-Port $server_port;"]]],
    ["may say it as X-Forwarded-Host", [[host, ""]]],
    ["may say it as Forwarded", [[host, ""], [forwarded, 'proxy_set_header Forwarded \'for=$remote_addr;host="$http_host"\';'],
      ["proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;", ""], ["proxy_set_header X-Forwarded-Proto $scheme;", ""]]],
  ];
  for (const [words, edits] of ways) {
    it(`${words}, where it is trusted`, async () => {
      for (const [trusted, own] of [['["127.0.0.1"]', 200], ["[]", 403]]) {
        const server = await startServer({ trusted });
        const proxy = await startProxy("nginx", "plain.conf", server.upstream, { edits });
        const answer = (origin) => get(`${proxy.url}/socket.io/?EIO=4&transport=polling`, { Origin: origin });
        assert.equal((await answer(proxy.url)).status, own);
        assert.equal((await answer(proxy.url.replace("localhost", "evil.example"))).status, 403);
        await proxy.stop();
        await server.stop();
      }
    });
  }
});

describe("the demo page", () => {
  let browser;
  before(async () => { browser = await startBrowser(); });
  after(() => browser?.stop());

  for (const [name, prefix, path] of [["plain.conf", "", "/socket.io/"], ["subpath.conf", "/chat", "/socket.io/"], ["subpath.conf", "/chat", "/live/rt"]]) {
    it(`is connected behind nginx on ${name}, its endpoint at ${path}`, async () => {
      const server = await startServer({ more: `engine: {path: ${path}}` });
      const proxy = await startProxy("nginx", name, server.upstream);
      const page = await browser.newPage();
      await page.open(`${proxy.url}${prefix}/`);
      await page.until('document.querySelector("#connection").dataset.state === "connected"');
      assert.match(await page.evaluate('document.querySelector("#connection-text").textContent'), /websocket/);
      assert.deepEqual(page.errors, []);
      await proxy.stop();
      await server.stop();
    });
  }
  it("says why it is not connected where the proxy hides the page's address", async () => {
    // Host and X-Forwarded-Host left out, as many examples on the web have it: the page is not the server's own.
    const server = await startServer();
    const lacking = ["proxy_set_header Host $http_host;", "proxy_set_header X-Forwarded-Host $http_host;"];
    const proxy = await startProxy("nginx", "plain.conf", server.upstream, { edits: lacking.map((line) => [line, ""]) });
    const page = await browser.newPage();
    await page.open(`${proxy.url}/`);
    await page.until('/answers 403: .*cors\\.origins/.test(document.querySelector("#connection-reason").textContent)');
    await proxy.stop();
    await server.stop();
  });
  it("says why it is not connected where the server is gone, or the endpoint is not passed on", async () => {
    const server = await startServer();
    const proxy = await startProxy("nginx", "plain.conf", server.upstream);
    const page = await browser.newPage();
    const reason = (pattern) => page.until(`${pattern}.test(document.querySelector("#connection-reason").textContent)`, 40_000);
    await page.open(`${proxy.url}/`);
    await page.until('document.querySelector("#connection").dataset.state === "connected"');
    await server.stop();
    await reason("/socket\\.io\\/ answers 502/");
    await proxy.stop();
    await reason("/cannot be reached/");
  });
});
