// What clients out there write that no library of ours does: each is taken as it was meant.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { io } from "socket.io-client";
import { startDialogueServer } from "./support/dialogue.mjs";
import { polling, rawClients, webSocket } from "./support/rawclients.mjs";
import { encodeFrame, encodeRequest, upgradeHeaders } from "./support/rawconnection.mjs";

let server;
const { open, until } = rawClients(() => server);
before(async () => {
  server = await startDialogueServer({ demo: true, allowedHosts: ["chat.example.org"] });
});
after(() => server?.stop());

/** The answer to one request, written as it stands. */
async function answerTo(bytes) {
  const connection = await open();
  connection.send(bytes);
  const answer = await connection.readResponse();
  connection.destroy();
  return answer;
}

describe("the request", () => {
  for (const scheme of ["http", "https", "ws"]) {
    it(`names its target with ${scheme}:// and host`, async () => {
      const answer = await answerTo(encodeRequest("GET", `${scheme}://localhost${polling}`));
      assert.equal(answer.status, 200);
      assert.match(answer.body, /^0\{"sid"/);
    });
  }
  it("means the host of such a target, not the Host header", async () => {
    const page = (host) => answerTo(encodeRequest("GET", `http://${host}/`));
    assert.equal((await page("chat.example.org")).status, 200);
    assert.equal((await page("evil.example")).status, 421);
  });
  for (const path of ["/socket.io", "/socket.io/", "/socket.io/anything"]) {
    it(`goes to ${path}`, async () => {
      const answer = await answerTo(encodeRequest("GET", `${path}?EIO=4&transport=polling`));
      assert.match(answer.body, /^0\{"sid"/);
      const upgrade = await answerTo(encodeRequest("GET", `${path}?EIO=4&transport=websocket`, upgradeHeaders));
      assert.equal(upgrade.status, 101);
    });
  }
  it("goes to /socket.iox in vain", async () => {
    assert.equal((await answerTo(encodeRequest("GET", "/socket.iox?EIO=4&transport=polling"))).status, 404);
  });
  for (const path of ["/", "/index.html", "/app.js", "/socket.js", "/style.css", polling, "/socket.io/socket.io.js", "/nothing"]) {
    it(`for a host that is not allowed gets no ${path}`, async () => {
      const head = `GET ${path} HTTP/1.1\r\nHost: evil.example\r\n\r\n`;
      assert.equal((await answerTo(head)).status, 421);
    });
  }
});

describe("a connection that carries all of a client's requests", () => {
  const get = (sid) => encodeRequest("GET", `${polling}&sid=${sid}`);
  const post = (sid, body) => encodeRequest("POST", `${polling}&sid=${sid}`, { "Content-Type": "text/plain" }, body);
  /** The bodies of as many answers as `bodies`, in their order. */
  async function answers(connection, bodies) {
    for (const expected of bodies) {
      const { status, body } = await connection.readResponse();
      assert.equal(status, 200);
      assert.match(body, expected);
    }
  }
  async function openOn(connection) {
    connection.send(encodeRequest("GET", polling));
    return JSON.parse((await connection.readResponse()).body.slice(1)).sid;
  }

  it("has its POST taken while a GET waits in front of it", async () => {
    const connection = await open();
    const sid = await openOn(connection);
    connection.send(get(sid));
    connection.send(post(sid, "40"));
    await answers(connection, [/^6$/, /^ok$/]);
    connection.send(get(sid));
    await answers(connection, [/^40\{"sid"/]);
    connection.send(get(sid));
    connection.send(post(sid, '421["dialogue:join",{"roomId":"chat"}]'));
    await answers(connection, [/./, /^ok$/]);
    connection.send(get(sid));
    await answers(connection, [/431\[\{/]);
    connection.destroy();
  });
  it("may have all of it written at once", async () => {
    const connection = await open();
    const sid = await openOn(connection);
    connection.send(Buffer.concat([get(sid), post(sid, "40"), get(sid)]));
    await answers(connection, [/^6$/, /^ok$/, /^40\{"sid"/]);
    connection.send(Buffer.concat([get(sid), get(sid), post(sid, '421["dialogue:join",{"roomId":"chat"}]'), get(sid)]));
    let told = "";
    for (let waiting = 4; waiting > 0 || !told.includes("431[{"); --waiting) {
      if (waiting === 0) {
        connection.send(get(sid));
        ++waiting;
      }
      const { status, body } = await connection.readResponse();
      assert.equal(status, 200);
      told += `${body} `;
    }
    assert.equal(told.match(/\bok /g).length, 1);
    connection.destroy();
  });
  it("may belong to two sessions", async () => {
    const connection = await open();
    const [first, second] = [await openOn(connection), await openOn(connection)];
    connection.send(Buffer.concat([get(first), post(second, "40"), get(second)]));
    await answers(connection, [/^6$/, /^ok$/, /^40\{"sid"/]);
    connection.destroy();
  });
});

describe("the client in JavaScript", () => {
  for (const name of ["socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js", "socket.io.js.map"]) {
    it(`is not here as ${name}, but the answer says where`, async () => {
      const answer = await fetch(`${server.url}/socket.io/${name}`);
      assert.equal(answer.status, 404);
      assert.match(answer.headers.get("content-type"), /^text\/plain/);
      const text = await answer.text();
      assert.match(text, /npm install socket\.io-client/);
      assert.match(text, /https:\/\/cdn\.socket\.io\//);
    });
  }
});

describe("a path of one's own", () => {
  for (const path of ["/chat/live", "/chat/live/"]) {
    it(`is ${path} in the configuration`, async () => {
      const own = await startDialogueServer({ engine: { path } });
      try {
        for (const asked of ["/chat/live", "/chat/live/"]) {
          const client = io(own.url, { path: asked, addTrailingSlash: asked.endsWith("/"), reconnection: false });
          await new Promise((resolve, reject) => client.once("connect", resolve).once("connect_error", reject));
          client.disconnect();
        }
      } finally {
        await own.stop();
      }
    });
  }
});

describe("subprotocols", () => {
  it("of socket.io-client connect", async () => {
    const client = io(server.url, { protocols: ["my-app", "other"], transports: ["websocket"], reconnection: false });
    await new Promise((resolve, reject) => client.once("connect", resolve).once("connect_error", reject));
    assert.equal(client.io.engine.transport.ws.protocol, "my-app");
    client.disconnect();
  });
  it("are not named to who offers none", async () => {
    const answer = await answerTo(encodeRequest("GET", webSocket, upgradeHeaders));
    assert.equal(answer.status, 101);
    assert.equal(answer.headers["sec-websocket-protocol"], undefined);
  });
});

describe("a packet", () => {
  it("ends as a line does", async () => {
    const connection = await open();
    connection.send(encodeRequest("GET", webSocket, upgradeHeaders));
    assert.equal((await connection.readResponse()).status, 101);
    connection.send(encodeFrame("text", "40\n"));
    await until(connection, "40{");
    connection.send(encodeFrame("text", '421["dialogue:join",{"roomId":"chat"}]\r\n'));
    await until(connection, "431[{");
    connection.destroy();
  });
  for (const number of ["1e999", "-1e400", "9".repeat(400)]) {
    it(`with the number ${number.slice(0, 8)} that no double holds is refused, and the session goes on`, async () => {
      const connection = await open();
      connection.send(encodeRequest("GET", webSocket, upgradeHeaders));
      assert.equal((await connection.readResponse()).status, 101);
      /** The packet that begins with `start`, in answer to `packet`. */
      const answer = async (packet, start, attachment) => {
        connection.send(encodeFrame("text", packet));
        if (attachment) connection.send(encodeFrame("binary", attachment));
        for (;;) {
          const { kind, data } = await connection.readFrame();
          assert.equal(kind, "text");
          if (data.startsWith(start)) return data;
        }
      };
      const trigger = (data) => `["dialogue:trigger",{"roomId":"chat","event":"typing","data":${data}}]`;
      assert.match(await answer(`40{"age":${number}}`, "44"), /INVALID_REQUEST/);
      await answer("40", "40{");
      assert.match(await answer('421["dialogue:join",{"roomId":"chat"}]', "431"), /"ok":true/);
      assert.match(await answer(`422${trigger(number)}`, "432"), /INVALID_REQUEST/);
      const withBinary = trigger(`{"n":${number},"b":{"_placeholder":true,"num":0}}`);
      assert.match(await answer(`451-3${withBinary}`, "433", Buffer.from([1])), /INVALID_REQUEST/);
      assert.match(await answer(`424${trigger("1e308")}`, "434"), /"ok":true/);
      connection.destroy();
    });
  }
  it("with a number that is smaller than any double has a 0 there, as in JavaScript", async () => {
    const connection = await open();
    connection.send(encodeRequest("GET", webSocket, upgradeHeaders));
    assert.equal((await connection.readResponse()).status, 101);
    connection.send(encodeFrame("text", '40{"age":1e-400}'));
    await until(connection, "40{");
    connection.send(encodeFrame("text", '421["dialogue:join",{"roomId":"chat"}]'));
    await until(connection, "431[{");
    connection.send(
      encodeFrame("text", '422["dialogue:trigger",{"roomId":"chat","event":"typing","data":[1e-400,-1e-400]}]'),
    );
    await until(connection, '432[{"offset"'); // Which no refusal has.
    connection.destroy();
  });
  it("ends so over polling too", async () => {
    const url = server.url + polling;
    const { sid } = JSON.parse((await (await fetch(url)).text()).slice(1));
    assert.equal((await fetch(`${url}&sid=${sid}`, { method: "POST", body: "40\n" })).status, 200);
    assert.match(await (await fetch(`${url}&sid=${sid}`)).text(), /^40\{"sid"/);
  });
});
