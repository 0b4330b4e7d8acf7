// TLS of the server's own: npm socket.io-client over https and wss, with certificates made here.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { makeAuthority } from "./support/authority.mjs";
import { RecordingClient, startDialogueServer } from "./support/dialogue.mjs";

let folder;
let server;
let clients = [];

const read = (name) => readFileSync(join(folder, name));
const at = (name) => join(folder, name);

before(() => {
  folder = mkdtempSync(join(tmpdir(), "dialogue-tls-"));
  const authority = makeAuthority(folder);
  authority.sign("server", "/CN=localhost", "DNS:localhost,IP:127.0.0.1");
  authority.sign("ann", "/CN=ann");
});
after(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const client of clients) client.close();
  clients = [];
  await server?.stop();
});

const startSecure = async (tls = {}, config = {}) => {
  server = await startDialogueServer({ tls: { certificate: at("server.crt"), key: at("server.key"), ...tls }, ...config });
};
function connect(options) {
  const client = new RecordingClient(`https://localhost:${server.port}`, options);
  clients.push(client);
  return client;
}

describe("server-sent events over TLS", () => {
  it("come to curl, and from where it was", async () => {
    const room = { name: "Chat", events: [{ name: "message", history: { limit: 10 } }], defaultSubscriptions: ["message"] };
    await startSecure({}, { channels: { sse: { enabled: true } }, rooms: { chat: room } });
    const speaker = connect({ transports: ["websocket"], ca: read("ca.crt"), auth: { userId: "ann" } });
    assert.equal((await speaker.ask("dialogue:join", { roomId: "chat" })).ok, true);
    const say = async (data) => assert.equal((await speaker.ask("dialogue:trigger", { roomId: "chat", event: "message", data })).ok, true);
    const blocks = async (count, headers = []) => {
      const curl = spawn("curl", ["-sSN", "--cacert", at("ca.crt"), ...headers, `https://localhost:${server.port}/events?rooms=chat`]);
      let text = "";
      for await (const chunk of curl.stdout) {
        if (!text) await say("first here");
        text += chunk;
        if (text.split("\n\n").length > count) break;
      }
      curl.kill();
      return text.split("\n\n");
    };
    const [retry, first] = await blocks(2);
    assert.equal(retry, "retry: 3000");
    assert.match(first, /"data":"first here"/);
    await say("in between");
    const [, missed, next] = await blocks(3, ["-H", `Last-Event-ID: ${/^id: (.+)$/m.exec(first)[1]}`]);
    assert.match(missed, /"data":"in between"/);
    assert.match(next, /"data":"first here"/);
  });
});

describe("socket.io-client over TLS", () => {
  for (const transports of [["polling"], ["websocket"], ["polling", "websocket"]]) {
    it(`comes in by ${transports.join(", then ")}`, async () => {
      await startSecure();
      const ann = connect({ transports, ca: read("ca.crt"), auth: { userId: "ann" } });
      const bob = connect({ transports, ca: read("ca.crt"), auth: { userId: "bob" } });
      for (const client of [ann, bob]) {
        assert.equal((await client.ask("dialogue:join", { roomId: "chat" })).ok, true);
      }
      for (let i = 0; i < 20; ++i) ann.emit("dialogue:trigger", { roomId: "chat", event: "message", data: { text: `${i}` } });
      for (let i = 0; i < 20; ++i) assert.equal((await bob.next("dialogue:event")).data.text, `${i}`);
    });
    it(`does not trust a stranger's certificate by ${transports.join(", then ")}`, async () => {
      await startSecure();
      assert.ok(await connect({ transports }).next("connect_error"));
    });
    it(`is known by its certificate by ${transports.join(", then ")}`, async () => {
      await startSecure({ clientCa: at("ca.crt") }, { auth: { certificates: { name: "commonName" } } });
      const shown = { ca: read("ca.crt"), cert: read("ann.crt"), key: read("ann.key") };
      const ann = connect({ transports, ...shown, auth: { userId: "somebody else" } });
      assert.equal((await ann.next("dialogue:connected")).userId, "ann");
      assert.ok(await connect({ transports, ca: read("ca.crt") }).next("connect_error"));
    });
  }
});
