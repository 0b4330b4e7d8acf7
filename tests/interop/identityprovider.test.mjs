// docs/identity-provider.md as it stands: its page in Chromium, its configuration, over TLS with an authority of the test's own.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { createServer } from "node:https";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { after, before, describe, it } from "node:test";
import { makeAuthority } from "./support/authority.mjs";
import { startBrowser } from "./support/browser.mjs";
import { RecordingClient, startDialogueServer } from "./support/dialogue.mjs";
import { IdentityProvider } from "./support/identityprovider.mjs";

const page = readFileSync(new URL("../../docs/identity-provider.md", import.meta.url), "utf8");
const block = (language) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "ms").exec(page)[1];
const dist = new URL("dist/", `file://${createRequire(import.meta.url).resolve("socket.io-client/package.json")}`);

/** Each of these parts stands in `text`, and goes to another. */
function changed(text, parts) {
  for (const [part, other] of parts) {
    assert.ok(text.includes(part), part);
    text = text.replace(part, other);
  }
  return text;
}

describe("a server whose users come from an identity provider", { concurrency: false }, () => {
  let folder;
  let authority;
  let provider;
  let app;
  let server;
  let browser;
  let ann;
  let bob;

  const here = (text) => text.replaceAll("https://id.example.org", provider.issuer).replaceAll("https://app.example.org", app.origin)
    .replaceAll("https://chat.example.org", () => `https://localhost:${server.port}`);

  /** The page's own origin, with socket.io-client beside it. */
  async function startApp({ key, cert }) {
    const http = createServer({ key, cert }, ({ url }, response) => {
      if (url === "/socket.io.min.js") return response.setHeader("Content-Type", "text/javascript").end(readFileSync(new URL("socket.io.min.js", dist)));
      response.setHeader("Content-Type", "text/html");
      return response.end(`<!doctype html><link rel="icon" href="data:,"><body><script src="/socket.io.min.js"></script>${here(block("html"))}`);
    });
    await new Promise((resolve) => { http.listen(0, "127.0.0.1", resolve); });
    return { origin: `https://localhost:${http.address().port}`, stop: () => { http.closeAllConnections(); http.close(); } };
  }

  async function signIn(page, user, password) {
    await page.open(`${app.origin}/`);
    await page.until(`document.getElementById("password")`);
    for (const [field, text] of [["user", user], ["password", password]]) {
      await page.evaluate(`document.getElementById("${field}").focus()`);
      await page.type(text);
    }
    await page.evaluate(`document.getElementById("go").click()`);
  }
  const isIn = (page) => page.until("globalThis.lobby?.joined");
  const hears = (page, text) => page.until(`document.body.innerText.includes(${JSON.stringify(text)})`);
  const say = (page, text) => page.evaluate(`lobby.trigger("message", ${JSON.stringify(text)}).then(() => "ok", (error) => error.code)`);
  const join = (page, room) => page.evaluate(`client.join(${JSON.stringify(room)}).then(() => "ok", (error) => error.code)`);

  before(async () => {
    folder = mkdtempSync(`${tmpdir()}/dialogue-provider-`);
    authority = makeAuthority(folder);
    const files = authority.sign("localhost", "/CN=localhost", "DNS:localhost,IP:127.0.0.1");
    const secured = { key: readFileSync(files.key), cert: readFileSync(files.certificate) };
    app = await startApp(secured);
    provider = new IdentityProvider({ ...secured, audience: "chat", redirectUri: `${app.origin}/` });
    await provider.start();
    provider.users = {
      ann: { password: "wonderland", roles: ["editor"] },
      bob: { password: "builder", roles: ["reader"] },
    };
    server = await startDialogueServer(changed(here(block("yml")), [["host: 0.0.0.0\nport: 443\n", ""],
      ["tls/chat.crt", files.certificate], ["tls/chat.key", files.key], ["jwks.json\",", `jwks.json", ca: ${authority.certificate},`]]));
    browser = await startBrowser(process.env.DIALOGUE_CHROMIUM || "chromium", { authority: authority.certificate });
    [ann, bob] = [await browser.newPage(), await browser.newPage()];
  });
  after(async () => {
    await browser?.stop();
    await server?.stop();
    provider?.stop();
    app?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("lets in who has signed in, under the provider's name for them", async () => {
    await signIn(ann, "ann", "wonderland");
    await signIn(bob, "bob", "builder");
    await isIn(ann);
    await isIn(bob);
    assert.equal(await say(ann, "hello"), "ok");
    await hears(bob, "ann: hello");
    assert.equal(provider.asked["/jwks.json"], 1);
  });

  it("gives rooms by the provider's roles", async () => {
    assert.equal(await join(ann, "staff"), "ok");
    assert.equal(await join(bob, "staff"), "PERMISSION_DENIED");
  });

  it("lets in nobody who has not", async () => {
    const stranger = await browser.newPage();
    await signIn(stranger, "ann", "looking-glass");
    await hears(stranger, "access_denied");
    for (const auth of [{}, { userId: "ann" }, { token: "ann" }]) {
      const client = new RecordingClient(`https://localhost:${server.port}`, { ca: readFileSync(authority.certificate), auth });
      assert.equal((await client.next("connect_error")).data.code, "UNAUTHORIZED");
      client.close();
    }
  });

  it("looks at no token that a page of somebody else has", async () => {
    const { access_token: token } = await provider.tokensFor("ann");
    const client = new RecordingClient(`https://localhost:${server.port}`, { ca: readFileSync(authority.certificate), auth: { token },
      extraHeaders: { Origin: "https://evil.example.org" } });
    assert.ok(await client.next("connect_error"));
    client.close();
  });

  it("keeps who is in over the end of a token, by the page's own refresh", async () => {
    provider.lifetime = 4;
    await ann.open("about:blank");
    await signIn(ann, "ann", "wonderland");
    await isIn(ann);
    const asked = provider.asked["/token"];
    await ann.evaluate("globalThis.lost = 0; client.onStateChanged((state) => { if (state !== 'connected') ++lost; })");
    while (provider.asked["/token"] < asked + 3) await new Promise((resolve) => { setTimeout(resolve, 100); });
    assert.equal(await say(ann, "still here"), "ok");
    await hears(bob, "ann: still here");
    assert.equal(await ann.evaluate("lost"), 0);
  });

  it("asks the rooms' rules again when a token brings other roles", async () => {
    assert.equal(await join(ann, "staff"), "ok");
    await ann.evaluate("globalThis.staff = null; client.join('staff').then((room) => { staff = room; room.onLeft((reason) => { globalThis.leftFor = reason; }); })");
    provider.users.ann.roles = ["reader"];
    await ann.until("globalThis.leftFor");
    assert.equal(await join(ann, "staff"), "PERMISSION_DENIED");
    assert.equal(await say(ann, "but here"), "ok");
  });

  it("shows out whom the provider has dismissed, once the token ends", async () => {
    provider.users.ann.disabled = true;
    await ann.until("client.state !== 'connected' && !lobby.joined");
    assert.equal(await say(bob, "alone"), "ok");
  });

  it("takes over the provider's new keys, and goes on with tokens of those before", async () => {
    const before = await provider.tokensFor("bob");
    provider.rotate();
    const comesIn = async ({ access_token: token }) => {
      const client = new RecordingClient(`https://localhost:${server.port}`, { ca: readFileSync(authority.certificate), auth: { token } });
      const came = await Promise.race([client.next("dialogue:connected"), client.next("connect_error")]);
      client.close();
      return came.userId === "bob" || came.data.code;
    };
    provider.lifetime = 3600;
    const after = await provider.tokensFor("bob");
    // The set is asked for every 30 s at most, and was when the server started.
    for (let code; (code = await comesIn(after)) !== true;) {
      assert.equal(code, "UNAUTHORIZED");
      await new Promise((resolve) => { setTimeout(resolve, 500); });
    }
    assert.equal(await comesIn(before), true);
    assert.equal(provider.asked["/jwks.json"], 2);
  });
});
