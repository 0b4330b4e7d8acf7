// The client for JavaScript as dialogue-server serves it: over HTTP, and in the pages of others, in headless Chromium.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { startBrowser } from "./support/browser.mjs";
import { CuttingProxy } from "./support/cuttingproxy.mjs";
import { chatRoom, connectClient, startDialogueServer, unlimited } from "./support/dialogue.mjs";

const dist = new URL("dist/", `file://${createRequire(import.meta.url).resolve("socket.io-client/package.json")}`);
const own = new URL("../../resources/js/", import.meta.url);

const documented = /^```html\n(.*?)^```/ms.exec(readFileSync(new URL("../../docs/javascript.md", import.meta.url), "utf8"))[1];

/** Pages of another origin, with socket.io-client by a script of its own, by an import map, and not at all. */
async function startPages() {
  const result = {};
  const pages = {
    "/script": '<!doctype html><link rel="icon" href="data:,"><script src="/socket.io.min.js"></script>',
    "/map": '<!doctype html><link rel="icon" href="data:,"><script type="importmap">{"imports": {"socket.io-client": "/socket.io.esm.min.js"}}</script>',
    // That of the documentation, with the server's address in place of its.
    "/docs": (server) => `<!doctype html><link rel="icon" href="data:,">${documented.replaceAll("http://127.0.0.1:3000", server)}`,
    "/none": '<!doctype html><link rel="icon" href="data:,">',
  };
  const http = createServer(({ url }, response) => {
    if (url.endsWith(".js")) response.setHeader("Content-Type", "text/javascript").end(readFileSync(new URL(url.slice(1), dist)));
    else response.setHeader("Content-Type", "text/html").end(typeof pages[url] === "function" ? pages[url](result.server) : pages[url]);
  });
  await new Promise((resolve) => { http.listen(0, "127.0.0.1", resolve); });
  result.origin = `http://127.0.0.1:${http.address().port}`;
  result.stop = () => {
    http.closeAllConnections();
    http.close();
  };
  return result;
}

describe("the client for JavaScript, served", { concurrency: false }, () => {
  let pages;
  let server;
  let browser;
  before(async () => {
    pages = await startPages();
    server = await startDialogueServer({
      rateLimit: unlimited, cors: { origins: [pages.origin] }, rooms: { chat: chatRoom }, engine: { pingInterval: "150ms", pingTimeout: "350ms" },
    });
    pages.server = server.url;
    browser = await startBrowser(process.env.DIALOGUE_CHROMIUM || "chromium");
  });
  after(async () => {
    await browser?.stop();
    await server?.stop();
    pages?.stop();
  });

  it("is there as it stands in the tree, with all that it imports", async () => {
    const seen = new Set();
    const follow = async (path) => {
      if (seen.has(path)) return;
      seen.add(path);
      const response = await fetch(new URL(path, server.url));
      assert.deepEqual([path, response.status, response.headers.get("content-type")], [path, 200, "text/javascript; charset=utf-8"]);
      const text = await response.text();
      assert.ok(text === readFileSync(new URL(path.replace("/dialogue/", ""), own), "utf8"), `${path} is another one than in the tree`);
      for (const [, target] of text.matchAll(/^(?:import|export) .*from "(\.[^"]+)";$/gm)) await follow(new URL(target, `http://a${path}`).pathname);
    };
    await follow("/dialogue/client.js");
    assert.ok(seen.size > 10, `${seen.size} modules`);
    assert.equal((await fetch(`${server.url}/dialogue/package.json`)).status, 404);
    assert.equal((await fetch(`${server.url}/dialogue/client.js`, { method: "POST" })).status, 405);
  });

  it("is asked for again by its ETag, and is not sent twice", async () => {
    const get = (headers, method = "GET") => fetch(`${server.url}/dialogue/client.js`, { method, headers, cache: "no-store" });
    const first = await get({});
    const tag = first.headers.get("etag");
    assert.match(tag, /^"[0-9a-f]{32}"$/);
    assert.deepEqual([first.headers.get("cache-control"), first.headers.get("x-content-type-options")], ["no-cache", "nosniff"]);
    for (const known of [tag, `"other", ${tag}`, `W/${tag}`, "*"]) {
      const again = await get({ "If-None-Match": known });
      assert.deepEqual([again.status, again.headers.get("etag"), await again.text()], [304, tag, ""], known);
    }
    assert.equal((await get({ "If-None-Match": '"other"' })).status, 200);
    const head = await get({}, "HEAD");
    assert.deepEqual([head.status, head.headers.get("etag"), await head.text()], [200, tag, ""]);
    assert.notEqual((await fetch(`${server.url}/dialogue/client/outbox.js`)).headers.get("etag"), tag);
  });

  it("is for the pages of those origins that may use the server", async () => {
    const allowed = (origin) => fetch(`${server.url}/dialogue/client.js`, { headers: { Origin: origin } });
    const own = await allowed(pages.origin);
    assert.deepEqual([own.status, own.headers.get("access-control-allow-origin")], [200, pages.origin]);
    const other = await allowed("https://evil.example");
    assert.deepEqual([other.status, other.headers.get("access-control-allow-origin")], [403, null]);
  });

  const enter = (url) => `import("${server.url}/dialogue/client.js").then(async ({ DialogueClient }) => {
    const client = window.client = new DialogueClient({ url: "${url}", auth: { userId: "page" }, reconnectionDelay: 20, reconnectionDelayMax: 50 });
    window.errors = [];
    client.onError(({ code, message }) => window.errors.push({ code, message }));
    const chat = window.chat = await client.join("chat");
    window.heard = [];
    window.gaps = [];
    chat.on("message", ({ from, data }) => window.heard.push(from + ": " + data.text));
    chat.onGap((gap) => window.gaps.push(gap));
    return client.transport;
  })`;

  for (const way of ["script", "map"]) {
    it(`works in a page that has socket.io-client by ${way === "script" ? "a script" : "an import map"}, also when it is cut off`, async () => {
      const proxy = await CuttingProxy.start(server.port);
      const ben = await connectClient(server, "ben");
      assert.equal((await ben.ask("dialogue:join", { roomId: "chat" })).ok, true);
      const say = async (text) => assert.equal((await ben.ask("dialogue:trigger", { roomId: "chat", event: "message", data: { text } })).ok, true);
      try {
        const page = await browser.newPage();
        await page.open(`${pages.origin}/${way}`);
        await page.until(`document.readyState === "complete" && location.pathname === "/${way}"`);
        assert.equal(await page.evaluate(enter(proxy.url)), "websocket");
        const receipt = await page.evaluate(`chat.trigger("message", { text: "from the page" })`);
        assert.ok(receipt.offset > 0);
        await say("one");
        await page.until("heard.length === 2");
        const refused = await page.evaluate(`chat.trigger("message", { text: "" }).catch(({ name, code, path }) => ({ name, code, path }))`);
        assert.deepEqual(refused, { name: "DialogueError", code: "VALIDATION_FAILED", path: "data.text" });

        proxy.accepting = false;
        proxy.cutAll();
        await page.until("!client.connected");
        await say("two");
        await say("three");
        const late = page.evaluate(`chat.trigger("message", { text: "written while away" })`);
        await page.until("client.outboxSize === 1");
        proxy.accepting = true;
        assert.ok((await late).offset > receipt.offset);
        await page.until("heard.length === 5");
        assert.deepEqual(await page.evaluate("heard"), ["page: from the page", "ben: one", "ben: two", "ben: three", "page: written while away"]);
        assert.deepEqual(await page.evaluate("[gaps, client.outboxSize, chat.joined]"), [[], 0, true]);
        await page.evaluate("client.close()");
        await page.until(`client.state === "disconnected"`);
      } finally {
        ben.close();
        proxy.stop();
      }
    });
  }

  it("tries at once when the browser is online again", async () => {
    const proxy = await CuttingProxy.start(server.port);
    try {
      const page = await browser.newPage();
      await page.open(`${pages.origin}/script`);
      await page.until(`typeof io === "function"`);
      await page.evaluate(enter(proxy.url).replace("reconnectionDelay: 20, reconnectionDelayMax: 50", "reconnectionDelay: 600000, reconnectionDelayMax: 600000, reconnectionJitter: 0"));
      proxy.cutAll();
      await page.until(`client.state === "reconnecting"`);
      await page.evaluate(`dispatchEvent(new Event("online"))`);
      await page.until("chat.joined");
      await page.evaluate("client.close()");
    } finally {
      proxy.stop();
    }
  });

  it("works in the page of the documentation", async () => {
    const page = await browser.newPage();
    await page.open(`${pages.origin}/docs`);
    const someone = await connectClient(server, "someone");
    try {
      const size = async () => (await someone.ask("dialogue:listRooms")).rooms[0].size;
      while ((await size()) < 1) await new Promise((resolve) => { setTimeout(resolve, 20); });
      await someone.ask("dialogue:join", { roomId: "chat" });
      await someone.ask("dialogue:trigger", { roomId: "chat", event: "message", data: { text: "to the page" } });
      await page.until(`document.body.innerText.includes("to the page")`);
      assert.deepEqual(page.errors, []);
    } finally {
      someone.close();
      await page.open("about:blank");
    }
  });

  it("says what to do in a page that has no socket.io-client", async () => {
    const page = await browser.newPage();
    await page.open(`${pages.origin}/none`);
    await page.until(`document.readyState === "complete" && location.pathname === "/none"`);
    const error = await page.evaluate(`import("${server.url}/dialogue/client.js").then(({ createDialogueClient }) =>
      createDialogueClient({ url: "${server.url}" }).connect().catch(({ code, message }) => ({ code, message })))`);
    assert.equal(error.code, "CONFIG_ERROR");
    assert.match(error.message, /socket\.io-client is missing: .*socket\.io\.min\.js/);
  });

  it("tells of handlers that throw as pages hear of any error, and goes on", async () => {
    const page = await browser.newPage();
    await page.open(`${pages.origin}/script`);
    await page.until(`typeof io === "function"`);
    await page.evaluate(enter(server.url));
    await page.evaluate(`addEventListener("error", ({ message }) => { window.thrown = message; });
      chat.on("message", () => { throw new Error("of a handler"); }); chat.trigger("message", { text: "x" })`);
    await page.until(`/of a handler/.test(window.thrown) && chat.joined`);
    await page.evaluate("client.close()");
  });
});
