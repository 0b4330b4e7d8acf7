// What `dialogue-server types` writes, for those it is written for: TypeScript's compiler takes it, and refuses a wrong
// field; the schema of AsyncAPI 3.0 documents takes the document, whose references all lead somewhere.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { programFromEnvironment } from "./support/process.mjs";

const require = createRequire(import.meta.url);
const server = programFromEnvironment("DIALOGUE_SERVER");
const sample = new URL("../../resources/dialogue.sample.yaml", import.meta.url).pathname;
const nasty = new URL("../server/types/nasty.json", import.meta.url).pathname;

let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "dialogue-types-"));
  const types = (...words) => execFileSync(server, ["types", ...words], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  types(sample, "--output", "sample.d.ts");
  types(nasty, "--typescript", "--output", "nasty.d.ts");
  const compilerOptions = { noEmit: true, strict: true, target: "es2022", module: "es2022", moduleResolution: "bundler", types: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["use.ts"] }));
  writeFileSync(join(folder, "sample.json"), types(sample, "--asyncapi"));
  writeFileSync(join(folder, "nasty.asyncapi.json"), types(nasty, "--asyncapi"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Each line of what the compiler says of these lines in a file of their own. */
function compiled(lines) {
  const text = [
    'import type { EventData, EventName, Rooms } from "./sample";',
    'import type * as Nasty from "./nasty";',
    "declare function trigger<Id extends string, Name extends EventName<Id>>(room: Id, event: Name, data: EventData<Id, Name>): void;",
    "declare function nasty<Id extends string, Name extends Nasty.EventName<Id>>(room: Id, event: Name, data: Nasty.EventData<Id, Name>): void;",
    "declare function meta<Id extends string, Name extends Nasty.EventName<Id>>(room: Id, event: Name, meta: Nasty.EventMeta<Id, Name>): void;",
    ...lines, "",
  ].join("\n");
  writeFileSync(join(folder, "use.ts"), text);
  const ran = spawnSync(process.execPath, [require.resolve("typescript/bin/tsc"), "--pretty", "false", "--project", "."],
    { cwd: folder, encoding: "utf8" });
  return ran.stdout.split("\n").filter((line) => line !== "" && !line.startsWith(" "));
}

describe("dialogue-server types", () => {
  it("writes what TypeScript takes, and refuses a wrong field", () => {
    const right = [
      'trigger("chat", "message", { text: "Hello" });',
      'trigger("chat", "message", { text: "Hello", senderId: "ann" });',
      'trigger("announcements", "announcement", { title: "News" });',
      'const rooms: (keyof Rooms)[] = ["chat", "announcements"];',
      "declare const some: string;",
      'trigger(some, "whatever", 1);',
      'trigger("made-later", "whatever", 1);',
      'nasty("a-b", "x", "text"); nasty("a_b", "x", 1); nasty("A-b", "X", true);',
      'nasty("game-7", "move", { to: "e4" });',
      'nasty("free", "anything", 1);',
      "nasty('\"; }; export type Evil = 2; {//', '\"] }\\\\', { '\"; evil: \"': 1 });",
      'nasty("shapes", "tree", { value: 1, children: [{ value: 2, children: [] }] });',
      'nasty("shapes", "tuple", ["a"]); nasty("shapes", "tuple", ["a", 1]);',
      'nasty("shapes", "either", { kind: "a", a: "" }); nasty("shapes", "either", { kind: "b", b: 1 });',
      'nasty("shapes", "map", { total: 1, others: "x", none: null });',
      'nasty("shapes", "json", { a: [1, "b", { c: [] }] });',
      'nasty("shapes", "words", { class: "\\u2028", "a-b": "", readonly: "" });',
      'nasty("shapes", "bytes", new Uint8Array(3)); nasty("shapes", "old", [1, "x"]); nasty("shapes", "never", {});',
      'meta("shapes", "said", { lang: "de", "*/ evil": "" }); meta("shapes", "unsaid", {}); meta("shapes", "tree", { a: 1 });',
      'meta("game-7", "move", { clock: 1 }); meta("shapes", "map of meta", { a: "b" }); meta("free", "any", { a: 1 });',
      'meta("made-later", "whatever", { a: 1 }); meta(some, "whatever", { a: 1 });',
    ];
    assert.deepEqual(compiled(right), []);

    const wrong = [
      'trigger("chat", "message", { text: "Hello", sender: "ann" });',
      'trigger("chat", "message", { senderId: "ann" });',
      'trigger("chat", "message", { text: 1 });',
      'trigger("chat", "mesage", { text: "Hello" });',
      'nasty("a-b", "x", 1);',
      'nasty("a_b", "X", 1);',
      'nasty("game-7", "move", { from: "e2" });',
      'nasty("shapes", "tree", { value: 1, children: [{ children: [] }] });',
      'nasty("shapes", "tuple", ["a", 1, 2]);',
      'nasty("shapes", "either", { kind: "a", b: 1 });',
      'nasty("shapes", "words", { class: "old" });',
      'nasty("shapes", "map", { others: true });',
      'nasty("shapes", "bytes", "text");',
      'nasty("shapes", "never", { a: 1 });',
      'meta("shapes", "said", { lang: "fr" });',
      'meta("shapes", "said", {});',
      'meta("shapes", "unsaid", { a: 1 });',
      'meta("shapes", "map of meta", { a: 1 });',
      'meta("game-7", "move", { clock: "noon" });',
      "type Escaped = Nasty.Evil;",
    ];
    const said = compiled(wrong).map((line) => /^use\.ts\((\d+),/.exec(line)?.[1] ?? line);
    assert.deepEqual([...new Set(said)], wrong.map((_, i) => String(i + 6)));
  });

  for (const name of ["sample.json", "nasty.asyncapi.json"]) {
    it(`writes an AsyncAPI document (${name})`, () => {
      const document = JSON.parse(readFileSync(join(folder, name), "utf8"));
      const ajv = new Ajv({ strict: false, allErrors: true });
      addFormats(ajv);
      const valid = ajv.compile(require("@asyncapi/specs/schemas/3.0.0-without-$id.json"));
      assert.ok(valid(document), JSON.stringify(valid.errors?.slice(0, 5), null, 1));
      const follow = (value) => {
        if (value === null || typeof value !== "object") return;
        if (typeof value.$ref === "string") {
          const target = value.$ref.slice(2).split("/").reduce((at, step) => at?.[step], document);
          assert.notEqual(target, undefined, value.$ref);
        }
        Object.values(value).forEach(follow);
      };
      follow(document);
      assert.ok(Object.keys(document.operations).length > 2);
    });
  }
});
