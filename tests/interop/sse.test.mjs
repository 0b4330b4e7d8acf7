// Server-sent events as those who read them know them: npm's EventSource, Chromium's, curl, Python; behind nginx; and over a
// restart of the server.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { EventSource } from "eventsource";
import { startBrowser } from "./support/browser.mjs";
import { chatRoom, connectClient, startDialogueServer, unlimited } from "./support/dialogue.mjs";
import { freePort, startProxy } from "./support/proxies.mjs";

const timeout = 20_000;
const room = { ...chatRoom, events: [{ name: "message" }], defaultSubscriptions: ["message"] };
const config = { channels: { sse: { enabled: true, retry: "100ms" } }, rooms: { chat: room, news: room }, rateLimit: unlimited };

const until = async (condition, what) => {
  for (const deadline = Date.now() + timeout; !condition(); await new Promise((resolve) => { setTimeout(resolve, 20); })) {
    if (Date.now() > deadline) throw new Error(`no ${what} within ${timeout} ms`);
  }
};

/** Somebody who says numbers, now in the one room and now in the other. */
class Speaker {
  said = 0;
  async start(server) {
    this.client = await connectClient(server, "speaker");
    for (const roomId of ["chat", "news"]) assert.equal((await this.client.ask("dialogue:join", { roomId })).ok, true);
    return this;
  }
  async say(count = 1) {
    for (let i = 0; i < count; i++) {
      const data = ++this.said;
      assert.equal((await this.client.ask("dialogue:trigger", { roomId: data % 2 ? "chat" : "news", event: "message", data })).ok, true);
    }
  }
  stop() {
    this.client?.close();
  }
}

const upTo = (count) => Array.from({ length: count }, (_, i) => i + 1);

describe("server-sent events", { concurrency: false }, () => {
  let server;
  let speaker;
  before(async () => {
    server = await startDialogueServer(config);
  });
  after(() => server?.stop());
  const reads = async (roomId, count) => {
    const { rooms } = await speaker.client.ask("dialogue:listRooms");
    return rooms.find(({ id }) => id === roomId).size === count;
  };
  const arrived = async (count) => {
    for (const deadline = Date.now() + timeout; !(await reads("chat", count)); await new Promise((resolve) => { setTimeout(resolve, 20); })) {
      if (Date.now() > deadline) throw new Error(`there are not ${count} in the room`);
    }
  };

  it("are read by npm's eventsource, which comes back for what it missed", async () => {
    speaker = await new Speaker().start(server);
    const heard = [];
    const sockets = new Set();
    // A way through that can be cut.
    const { createServer, connect } = await import("node:net");
    const way = createServer((socket) => {
      const onwards = connect(server.port, "127.0.0.1");
      for (const each of [socket, onwards]) {
        sockets.add(each);
        each.on("error", () => {});
      }
      socket.pipe(onwards).pipe(socket);
    }).listen(0, "127.0.0.1");
    await once(way, "listening");
    const source = new EventSource(`http://127.0.0.1:${way.address().port}/events?rooms=chat,news`);
    source.addEventListener("message", ({ data }) => heard.push(JSON.parse(data).data));
    await once(source, "open");
    for (let round = 0; round < 5; round++) {
      await speaker.say(3);
      const most = heard.length;
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      await speaker.say(3);
      await until(() => heard.length >= most + 3, "event behind the cut");
    }
    await until(() => heard.length >= speaker.said, "last event");
    assert.deepEqual(heard, upTo(speaker.said));
    source.close();
    way.close();
    for (const socket of sockets) socket.destroy();
    speaker.stop();
  });

  it("are read by curl, a line at a time", async () => {
    speaker = await new Speaker().start(server);
    const curl = spawn("curl", ["-sSN", `${server.url}/events?rooms=chat,news&userId=curl`]);
    let text = "";
    curl.stdout.on("data", (chunk) => (text += chunk));
    await arrived(2);
    await speaker.say(2);
    await until(() => text.split("\n\n").length >= 4, "text");
    const [retry, first, second] = text.split("\n\n");
    assert.equal(retry, "retry: 100");
    assert.match(first, /^id: [0-9a-f]+-\d+\nevent: message\ndata: \{.*"data":1[,}].*\}$/);
    assert.match(second, /"roomId":"news"/);
    curl.kill();
    await once(curl, "exit");
    await arrived(1);
    speaker.stop();
  });

  it("are told why not", async () => {
    const answer = await fetch(`${server.url}/events?rooms=none`);
    assert.equal(answer.status, 404);
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
    assert.equal((await answer.json()).code, "ROOM_NOT_FOUND");
    const source = new EventSource(`${server.url}/events?rooms=none`);
    const [error] = await once(source, "error");
    assert.equal(error.code, 404);
    assert.equal(source.readyState, EventSource.CLOSED);
  });

  it("are read by Python's own HTTP", async () => {
    speaker = await new Speaker().start(server);
    const script = `
import json, sys, urllib.request
with urllib.request.urlopen(sys.argv[1]) as answer:
    for line in answer:
        if line.startswith(b"data: "):
            print(json.loads(line[6:])["data"], flush=True)
`;
    const python = spawn("python3", ["-c", script, `${server.url}/events?rooms=chat,news`]);
    let text = "";
    python.stdout.on("data", (chunk) => (text += chunk));
    await arrived(2);
    await speaker.say(3);
    await until(() => text === "1\n2\n3\n", "line");
    python.kill();
    speaker.stop();
  });

  it("come through nginx as they are said", async () => {
    speaker = await new Speaker().start(server);
    const proxy = await startProxy("nginx", "plain.conf", `127.0.0.1:${server.port}`, { edits: [["proxy_buffering off;", ""]] });
    const heard = [];
    const source = new EventSource(`${proxy.url}/events?rooms=chat,news`);
    source.addEventListener("message", ({ data }) => heard.push(JSON.parse(data).data));
    await once(source, "open");
    for (let i = 0; i < 5; i++) {
      await speaker.say();
      await until(() => heard.length === speaker.said, "event through nginx");
    }
    source.close();
    await proxy.stop();
    speaker.stop();
  });
});

describe("a browser's EventSource", { concurrency: false }, () => {
  const folder = mkdtempSync(join(tmpdir(), "dialogue-sse-"));
  let server;
  let browser;
  let speaker;
  const start = (port) => startDialogueServer({ ...config, demo: true, persistence: { adapter: "sqlite", path: join(folder, "events.db") } },
    { port });
  before(async () => {
    server = await start(await freePort());
    browser = await startBrowser(process.env.DIALOGUE_CHROMIUM || "chromium");
  });
  after(async () => {
    speaker?.stop();
    await browser?.stop();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("misses nothing over a restart of the server, whichever way it ends", async () => {
    const page = await browser.newPage();
    await page.open(`${server.url}/`);
    await page.until(`document.body`);
    await page.evaluate(`{
      window.heard = [];
      window.gaps = [];
      window.opened = 0;
      const source = new EventSource("/events?rooms=chat,news");
      source.onopen = () => ++window.opened;
      source.addEventListener("message", (event) => window.heard.push(JSON.parse(event.data).data));
      source.addEventListener("dialogue:gap", (event) => window.gaps.push(event.data));
    }`);
    await page.until(`window.opened === 1`);
    speaker = await new Speaker().start(server);
    await speaker.say(3);
    await page.until(`window.heard.length === 3`);
    let opened = 1;
    for (const signal of ["SIGTERM", "SIGKILL"]) {
      const { port } = server;
      await server.stop(signal).catch(() => {}); // Killed it says so.
      const { said } = speaker;
      speaker.stop();
      server = await start(port);
      speaker = await new Speaker().start(server);
      speaker.said = said;
      await speaker.say(4);
      opened += 1;
      await page.until(`window.opened === ${opened}`);
      await speaker.say(2);
      await page.until(`window.heard.length === ${speaker.said}`);
    }
    assert.deepEqual(await page.evaluate(`window.heard`), upTo(speaker.said));
    assert.deepEqual(await page.evaluate(`window.gaps`), []);
  });
});
