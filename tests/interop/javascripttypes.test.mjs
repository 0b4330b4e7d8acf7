// The client for JavaScript as npm packs it: what is in the package, that it finds socket.io-client by itself, and that by its
// types and those of `dialogue-server types` a wrong field does not compile. And what docs/javascript.md shows, as it stands.
import assert from "node:assert/strict";
import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { chatRoom, startDialogueServer } from "./support/dialogue.mjs";
import { programFromEnvironment } from "./support/process.mjs";

const require = createRequire(import.meta.url);
const own = new URL("../../resources/js/", import.meta.url).pathname;
const sample = new URL("../../resources/dialogue.sample.yaml", import.meta.url).pathname;
const nasty = new URL("../server/types/nasty.json", import.meta.url).pathname;

let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "dialogue-package-"));
  const [packed] = JSON.parse(execFileSync("npm", ["pack", own, "--json", "--offline", "--pack-destination", folder], { cwd: folder, encoding: "utf8" }));
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, packed.name), { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, packed.filename), "-C", join(modules, packed.name), "--strip-components=1"]);
  // As an application has it installed: with what it needs.
  for (const name of readdirSync(join(dirname(require.resolve("socket.io-client/package.json")), ".."))) {
    if (name !== packed.name && !name.startsWith(".")) symlinkSync(join(dirname(require.resolve("socket.io-client/package.json")), "..", name), join(modules, name));
  }
  const server = programFromEnvironment("DIALOGUE_SERVER");
  for (const [config, name] of [[sample, "rooms"], [nasty, "nasty"]]) execFileSync(server, ["types", config, "--output", join(folder, `${name}.d.ts`)], { stdio: "ignore" });
  const compilerOptions = { noEmit: true, strict: true, target: "es2022", module: "es2022", moduleResolution: "bundler", types: [], lib: ["es2022", "dom"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["use.ts"] }));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Each line of what the compiler says of use.ts. */
function compilerSays(...options) {
  const ran = spawnSync(process.execPath, [require.resolve("typescript/bin/tsc"), "--pretty", "false", "--project", ".", ...options], { cwd: folder, encoding: "utf8" });
  return ran.stdout.split("\n").filter((line) => line !== "" && !line.startsWith(" "));
}

/** The lines that the compiler refuses of these, in a file of their own. */
function compiled(lines, options = []) {
  const head = [
    'import { createDialogueClient, DialogueClient, DialogueError } from "dialogue-qt-client";',
    'import type { EventMessage, Gap, RoomContext } from "dialogue-qt-client";',
    'import type { Rooms } from "./rooms";',
    'import type * as Nasty from "./nasty";',
    'const client = new DialogueClient<Rooms>({ url: "https://chat.example.org" });',
    'const nasty = createDialogueClient<Nasty.Rooms, Nasty.RoomTemplates>({ url: "https://chat.example.org" });',
    'const any = createDialogueClient({ url: "https://chat.example.org" });',
    'const chat = await client.join("chat");',
    'const game = await nasty.join("game-7");',
    'const shapes = await nasty.join("shapes");',
    'const whatever = await any.join("chat");',
    "declare const some: string;",
  ];
  writeFileSync(join(folder, "use.ts"), [...head, ...lines, "export {};", ""].join("\n"));
  return compilerSays(...options).map((line) => {
    const number = /^use\.ts\((\d+),/.exec(line)?.[1];
    return number ? lines[number - head.length - 1] ?? `${line} (the head)` : line;
  });
}

describe("the types of the client for JavaScript", () => {
  it("take what is right", () => {
    assert.deepEqual(compiled([
      'const receipt = await chat.trigger("message", { text: "Hello", senderId: "ann" }); const offset: number | undefined = receipt.offset;',
      'chat.trigger("message", { text: "Hello" }, { echo: false, meta: { a: 1 } });',
      'chat.on("message", ({ data, from, event }) => { const text: string = data.text; const name: "message" = event; const who: string = from; });',
      "chat.onAny((event, message) => { if (message.event === \"message\") { const text: string = message.data.text; } });",
      'chat.on("*", ({ event }) => { const name: "message" | "typing" = event; });',
      "const off = chat.onGap(({ from, to, isNewLog, reason }: Gap) => {}); off();",
      'await chat.subscribe("typing"); await chat.subscribe("*"); await chat.unsubscribe("typing");',
      'const old = await chat.getHistory("message", 0, 20); const first: string = old[0].data.text;',
      'const page = await chat.getHistoryBetween({ fromTime: new Date(), event: "message" }); const more: boolean = page.more;',
      'await client.join("announcements", { subscriptions: ["announcement"], since: chat.position });',
      'game.trigger("move", { to: "e4" });',
      'shapes.trigger("bytes", new Uint8Array(3)); shapes.trigger("tree", { value: 1, children: [] });',
      'whatever.trigger("anything", 1); whatever.on("anything", ({ data }) => data.whatever); whatever.trigger("nothing");',
      'const later = await client.join(some); later.trigger("whatever", 1);',
      'const known: RoomContext<Rooms["chat"]> | undefined = client.getRoom("chat");',
      'client.onError((error) => { if (error.code === "VALIDATION_FAILED") error.faults?.map(({ pointer }) => pointer); });',
      'try { await chat.leave(); } catch (error) { if (error instanceof DialogueError) { const wait: number | undefined = error.retryAfter; } }',
      'const answer = await client.request<{ n: number }>("count", { of: "x" }); const n: number = answer.n;',
      'client.onRequest<{ n: number }, number>("double", async ({ data }) => 2 * data.n); client.onRequest("double", null);',
      'const heard: EventMessage<{ text: string }>[] = []; chat.on("message", (message) => { heard.push(message); });',
      'new DialogueClient({ auth: async () => ({ token: "t" }), timeouts: { request: 5000 }, transports: ["websocket"] });',
    ]), []);
  });

  it("refuse a wrong field, and whatever else is wrong", () => {
    const wrong = [
      'chat.trigger("message", { txt: "Hello" });',
      'chat.trigger("message", { text: 1 });',
      'chat.trigger("message");',
      'chat.trigger("mesage", { text: "Hello" });',
      'chat.trigger("message", { text: "Hello" }, { eco: false });',
      'chat.on("message", ({ data }) => data.txt);',
      'chat.on("mesage", () => {});',
      'chat.subscribe("mesage");',
      'chat.getHistory("mesage");',
      'client.join("chat", { subscriptions: ["mesage"] });',
      'game.trigger("move", { from: "e2" });',
      'shapes.trigger("bytes", "text");',
      'shapes.trigger("tree", { value: 1, children: [{ children: [] }] });',
      'client.onGap((roomId: number) => {});',
      'client.createRoom({ id: "x" });',
      'new DialogueClient({ url: "http://a", timeouts: { requests: 5 } });',
      'new DialogueClient({ transports: ["pigeon"] });',
      'chat.joined = true;',
      "const state: \"on\" = client.state;",
    ];
    assert.deepEqual([...new Set(compiled(wrong))], wrong);
  });

  it("are sound by themselves, and stand for all that there is", async () => {
    assert.deepEqual(compiled([], ["--skipLibCheck", "false"]), []);
    const { DialogueClient, RoomContext } = await import(pathToFileURL(join(folder, "node_modules/dialogue-qt-client/client.js")));
    const text = readFileSync(join(own, "client.d.ts"), "utf8");
    for (const [name, type] of Object.entries({ DialogueClient, RoomContext })) {
      const declared = text.slice(text.indexOf(`export class ${name}`)).split("\n}\n", 1)[0];
      for (const member of Object.getOwnPropertyNames(type.prototype)) {
        assert.match(declared, new RegExp(`\\b${member}\\b`), `${name}.${member} is not declared`);
      }
      for (const [, member] of declared.matchAll(/^ {4}(?:readonly )?(\w+)[<(:]/gm)) {
        assert.ok(member in type.prototype, `${name}.${member} is declared, and not there`);
      }
    }
  });
});

describe("the package of the client for JavaScript", () => {
  it("has the module, its parts and its types, and nothing else", () => {
    const there = readdirSync(join(folder, "node_modules/dialogue-qt-client"), { recursive: true }).filter((name) => name.includes(".")).sort();
    const parts = readdirSync(join(own, "client")).map((name) => `client/${name}`);
    assert.deepEqual(there, ["client.d.ts", "client.js", ...parts, "package.json"].sort());
    const resources = [...readFileSync(join(own, "js.qrc"), "utf8").matchAll(/<file>(.*)<\/file>/g)].map(([, name]) => name);
    assert.deepEqual(resources.sort(), ["client.js", ...parts].sort());
  });

  it("has the version of the whole", () => {
    const { version } = JSON.parse(readFileSync(join(own, "package.json"), "utf8"));
    const [, whole] = /^project\(Dialogue VERSION (\S+)/m.exec(readFileSync(new URL("../../CMakeLists.txt", import.meta.url), "utf8"));
    assert.equal(version, whole);
  });

  it("works by its name, and lets a program end", async () => {
    const server = await startDialogueServer();
    try {
      writeFileSync(join(folder, "program.mjs"), `
        import { createDialogueClient } from "dialogue-qt-client";
        const client = createDialogueClient({ url: process.argv[2], auth: { userId: "ann" } });
        const chat = await client.join("chat");
        chat.on("message", ({ from, data }) => {
          console.log(from, data.text);
          client.close();
        });
        chat.trigger("message", { text: "Hello" });
      `);
      const said = execFileSync(process.execPath, [join(folder, "program.mjs"), server.url], { encoding: "utf8", timeout: 20_000 });
      assert.equal(said, "ann Hello\n");
    } finally {
      await server.stop();
    }
  });
});

describe("docs/javascript.md", () => {
  const page = readFileSync(new URL("../../docs/javascript.md", import.meta.url), "utf8");
  const blocks = (language) => [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, text]) => text);

  it("shows what runs", async () => {
    const server = await startDialogueServer({ rooms: { chat: { ...chatRoom, presence: "users" } } });
    try {
      const [first, ...further] = blocks("js");
      assert.ok(further.length >= 5);
      const program = [first.replace("http://127.0.0.1:3000", server.url), ...further.map((text) => `{\n${text}}\n`), "while (client.outboxSize > 0) await new Promise(setImmediate);\nclient.close();\n"].join("");
      assert.ok(program.includes(server.url));
      writeFileSync(join(folder, "page.mjs"), program);
      const [said, wrong] = await new Promise((resolve, reject) => {
        execFile(process.execPath, [join(folder, "page.mjs")], { timeout: 20_000 }, (error, ...outputs) => (error ? reject(error) : resolve(outputs)));
      });
      assert.equal(wrong, "");
      for (const line of ["ann Hello", "VALIDATION_FAILED", "/text must have at least 1 character, has 0", "1 1 false", "connected", "1 not sent yet"]) {
        assert.ok(said.split("\n").includes(line), `${line} is not in\n${said}`);
      }
    } finally {
      await server.stop();
    }
  });

  it("shows what compiles, and what does not", () => {
    const [text] = blocks("ts");
    writeFileSync(join(folder, "use.ts"), text);
    const lines = text.split("\n");
    const refused = compilerSays().map((line) => lines[Number(/^use\.ts\((\d+),/.exec(line)?.[1]) - 1] ?? line);
    assert.deepEqual(refused, lines.filter((line) => line.includes("// does not compile")));
    assert.equal(refused.length, 1);
  });

  it("has each option, with its default", async () => {
    const { readOptions } = await import("../../resources/js/client/options.js");
    const { url, path, auth, io, ...options } = readOptions({ url: "http://a" });
    const named = new Set([...page.matchAll(/`\.?(\w+(?:\.\w+)?)`/g)].map(([, name]) => name));
    for (const [name, value] of Object.entries(options)) {
      for (const [key, inner] of Object.entries(typeof value === "object" && !Array.isArray(value) ? value : { [name]: value })) {
        assert.ok(named.has(key) || named.has(`${name}.${key}`), `${name}.${key} is not on the page`);
        const shown = Array.isArray(inner) ? JSON.stringify(inner).replaceAll(",", ", ") : String(inner);
        assert.ok(page.includes(shown), `${name}.${key} is ${shown}, which the page does not say`);
      }
    }
  });
});
