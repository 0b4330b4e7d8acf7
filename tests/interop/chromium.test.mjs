// The demo page in headless Chromium: two tabs talk to each other. And its WebSocket, with compression.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startBrowser } from "./support/browser.mjs";
import { chatRoom, connectClient, startDialogueServer } from "./support/dialogue.mjs";

const config = {
  demo: true,
  roomCreation: { create: "anyone" },
  rooms: {
    chat: { ...chatRoom, syncHistoryOnJoin: 50 },
    terse: { name: "Terse", events: [{ name: "message", schema: { properties: { text: { type: "string", maxLength: 5 } } } }] },
  },
};

describe("the demo page", { concurrency: false }, () => {
  let server;
  let browser;
  let ann;
  let ben;

  const texts = (page) => page.evaluate(`[...document.querySelectorAll(".message .text")].map((p) => p.textContent)`);
  const shows = (page, selector, text) =>
    page.until(`[...document.querySelectorAll(${JSON.stringify(selector)})].some((e) => e.textContent.includes(${JSON.stringify(text)}))`);
  const focus = (page, selector) => page.evaluate(`document.querySelector(${JSON.stringify(selector)}).focus()`);
  const click = (page, selector) => page.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);

  async function open(page) {
    await page.open(`${server.url}/`);
    await page.until(`document.getElementById("room-name")?.textContent === "Chat"`);
  }
  async function write(page, text) {
    await focus(page, "#text");
    await page.type(text);
  }
  async function say(page, text) {
    await write(page, text);
    await page.press("Enter");
  }

  before(async () => {
    server = await startDialogueServer(config);
    browser = await startBrowser(process.env.DIALOGUE_CHROMIUM || "chromium");
    [ann, ben] = [await browser.newPage(), await browser.newPage()];
  });
  after(async () => {
    await browser?.stop();
    await server?.stop();
  });

  it("opens in two tabs, connected by websocket, under names of their own", async () => {
    await open(ann);
    await open(ben);
    for (const [page, name] of [[ann, "Ann"], [ben, "Ben"]]) {
      assert.equal(await page.evaluate(`document.getElementById("connection-text").textContent`), "Connected by websocket");
      await page.evaluate(`{ const field = document.getElementById("name"); field.value = "${name}"; field.dispatchEvent(new Event("change")) }`);
      await shows(page, ".events code", `"userId":"${name}"`);
      await page.until(`document.getElementById("messages-empty").textContent.startsWith("No messages yet")`);
    }
    await shows(ann, "#people-count", "2 of 50 here");
  });
  it("asks for the list of rooms once at connecting", async () => {
    await click(ann, "#clear");
    await ann.evaluate(`{ const field = document.getElementById("name"); field.value = "Anna"; field.dispatchEvent(new Event("change")) }`);
    await shows(ann, ".events code", `"userId":"Anna"`);
    await shows(ann, "#events li[data-kind=received]", "rooms");
    await ann.evaluate(`{ const field = document.getElementById("name"); field.value = "Ann"; field.dispatchEvent(new Event("change")) }`);
    await shows(ann, ".events code", `"userId":"Ann"`);
    await ann.until(`[...document.querySelectorAll("#events [data-kind=received] .event-name")].filter((e) => e.textContent === "rooms").length === 2`);
    assert.equal(await ann.evaluate(`[...document.querySelectorAll("#events [data-kind=sent] .event-name")].filter((e) => e.textContent === "listRooms").length`), 2);
  });
  it("counts who comes and goes, itself at once", async () => {
    await click(ann, "[data-room=terse]");
    await shows(ann, "#people-count", "1 here");
    assert.equal(await ann.evaluate(`document.querySelector("[data-room=chat] .size").firstChild.textContent`), "1");
    await click(ann, "[data-room=chat]");
    await shows(ann, "#people-count", "2 of 50 here");
    const other = await connectClient(server, "Eve");
    await other.ask("dialogue:join", { roomId: "chat" });
    await shows(ben, "#people-count", "3 of 50 here"); // the tab that is seen
    await other.ask("dialogue:leave", { roomId: "chat" });
    await shows(ben, "#people-count", "2 of 50 here");
    other.close();
  });
  it("carries messages both ways", async () => {
    await say(ann, "hello from Ann");
    await shows(ben, ".message .text", "hello from Ann");
    await say(ben, "<b>hello</b> from Ben");
    await shows(ann, ".message .text", "<b>hello</b> from Ben");
    await shows(ben, ".message.own .text", "<b>hello</b> from Ben");
    assert.deepEqual(await texts(ann), await texts(ben));
  });
  it("says who is typing", async () => {
    await write(ben, "I am wri");
    await shows(ann, "#typing", "Ben is typing");
    await ben.press("Enter");
  });
  it("sends nothing that is too long", async () => {
    const isGrey = () => ann.evaluate(`document.getElementById("send").disabled`);
    await write(ann, "x".repeat(1001));
    await shows(ann, "#counter", "1001 / 1000");
    assert.equal(await isGrey(), true);
    await ann.press("Enter");
    assert.equal(await ann.evaluate(`document.getElementById("text").value.length`), 1001);
    await ann.evaluate(`{ const field = document.getElementById("text"); field.value = field.value.slice(1); field.dispatchEvent(new Event("input")) }`);
    await shows(ann, "#counter", "1000 / 1000");
    assert.equal(await isGrey(), false);
    await ann.evaluate(`document.getElementById("text").value = ""`);
    assert.equal((await texts(ben)).length, 3);
  });
  it("shows the server's error for an invalid message, and keeps the text", async () => {
    await click(ann, "[data-room=terse]");
    await shows(ann, "#room-name", "Terse");
    await write(ann, "longer");
    await ann.press("Enter");
    await shows(ann, "#problem", "VALIDATION_FAILED");
    await shows(ann, "#problem", "at most 5");
    await shows(ann, "#events [data-kind=failed]", "VALIDATION_FAILED");
    assert.equal(await ann.evaluate(`document.getElementById("text").value`), "longer");
    await ann.evaluate(`document.getElementById("text").value = ""`);
    await click(ann, "[data-room=chat]");
    await shows(ann, "#room-name", "Chat");
  });
  it("has the history after a reload", async () => {
    const before = await texts(ben);
    await open(ben);
    await ben.until(`document.querySelectorAll(".message").length === ${before.length}`);
    assert.deepEqual(await texts(ben), before);
    assert.equal(await ben.evaluate(`document.getElementById("name").value`), "Ben");
  });
  it("pauses and clears the event stream", async () => {
    await click(ben, "#pause");
    await click(ben, "#clear");
    const other = await connectClient(server, "Cid");
    await other.ask("dialogue:join", { roomId: "chat" });
    await other.ask("dialogue:trigger", { roomId: "chat", event: "message", data: { text: "while paused" } });
    await shows(ben, "#pause", "Resume (1)");
    assert.equal(await ben.evaluate(`document.querySelectorAll("#events li").length`), 0);
    await click(ben, "#pause");
    await shows(ben, "#events li", "while paused");
    other.close();
  });
  it("creates a room, both tabs see it, and deletes it", async () => {
    await click(ann, "#new-room");
    await ann.evaluate(`document.getElementById("new-name").value = "Tea kitchen";
      document.getElementById("new-name").dispatchEvent(new Event("input"))`);
    await ann.evaluate(`document.getElementById("room-form").requestSubmit()`);
    await shows(ann, "#room-name", "Tea kitchen");
    await shows(ben, "#rooms .room-label", "Tea kitchen");
    await click(ben, "[data-room=tea-kitchen]");
    await shows(ben, "#room-name", "Tea kitchen");
    await ben.until(`document.getElementById("messages-empty").textContent.startsWith("No messages yet")`);
    await ann.evaluate(`document.getElementById("text").value = ""`);
    await say(ann, "tea?");
    await shows(ben, ".message .text", "tea?");
    await ann.until(`!document.getElementById("delete-room").hidden`);
    assert.equal(await ben.evaluate(`document.getElementById("delete-room").hidden`), true);
    await click(ann, "#delete-room");
    for (const page of [ann, ben]) await shows(page, "#room-name", "Chat");
  });
  it("had no errors on the way", () => {
    assert.deepEqual([ann.errors, ben.errors], [[], []]);
  });
  it("reconnects by itself, and goes on where it was", async () => {
    const before = await texts(ann);
    const { port } = server;
    assert.equal(await server.stop(), 0);
    await ann.until(`document.getElementById("connection").dataset.state === "waiting"`);
    await shows(ann, "#connection-text", "trying again in");
    await shows(ann, "#connection-reason", `127.0.0.1:${port} cannot be reached`);
    assert.equal(await ann.evaluate(`document.getElementById("send").disabled`), true);
    server = await startDialogueServer(config, { port });
    for (const page of [ann, ben]) await page.until(`document.getElementById("connection").dataset.state === "connected"`, 40_000);
    await shows(ann, ".note", "Some messages may be missing");
    assert.deepEqual(await texts(ann), before);
    await say(ann, "back again");
    await shows(ben, ".message .text", "back again");
  });
});

describe("a browser's WebSocket with permessage-deflate", { concurrency: false }, () => {
  let server;
  let browser;
  before(async () => {
    server = await startDialogueServer({ ...config, engine: { perMessageDeflate: { enabled: true } }, metrics: { enabled: true, open: true } });
    browser = await startBrowser(process.env.DIALOGUE_CHROMIUM || "chromium");
  });
  after(async () => {
    await browser?.stop();
    await server?.stop();
  });

  it("agrees upon it, and says and hears what is large, small and in other letters", async () => {
    const page = await browser.newPage();
    await page.open(`${server.url}/`);
    await page.until(`document.body`);
    const texts = ["small", "x".repeat(900), "größer ☃ ".repeat(80), ...Array.from({ length: 20 }, (_, i) => `${i} `.repeat(i * 15 + 1).trim())];
    const heard = await page.evaluate(`new Promise((resolve, reject) => {
      const texts = ${JSON.stringify(texts)};
      const heard = [];
      const socket = new WebSocket(location.origin.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket");
      const emit = (...event) => socket.send("42" + JSON.stringify(event));
      const answers = {
        "dialogue:connected": () => emit("dialogue:join", { roomId: "chat" }),
        "dialogue:joined": () => texts.forEach((text) => emit("dialogue:trigger", { roomId: "chat", event: "message", data: { text } })),
        "dialogue:event": ({ data }) => heard.push(data.text) === texts.length && resolve({ heard, extensions: socket.extensions }),
        "dialogue:error": (error) => reject(new Error(JSON.stringify(error))),
      };
      socket.onclose = ({ code }) => reject(new Error("closed with " + code));
      socket.onmessage = ({ data }) => {
        if (data[0] === "0") socket.send("40");
        else if (data === "2") socket.send("3");
        else if (data.startsWith("42")) {
          const [name, payload] = JSON.parse(data.slice(2));
          answers[name]?.(payload);
        }
      };
    })`);
    assert.deepEqual(heard.heard, texts);
    assert.match(heard.extensions, /^permessage-deflate/);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    const count = (name) => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(metrics)[1]);
    const [before, after] = ["before", "after"].map((side) => count(`dialogue_deflate_bytes_total\\{side="${side}"\\}`));
    assert.ok(after > 0 && after < before / 3, `${after} bytes for ${before}`);
    assert.ok(count("dialogue_inflated_bytes_total") > 1000);
    assert.deepEqual(page.errors, []);
  });
});
