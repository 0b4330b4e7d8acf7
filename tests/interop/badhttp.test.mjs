// Bad HTTP: the status that tells why each time, the server goes on, and nobody else is disturbed.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { maltreated } from "./support/badinput.mjs";
import { patience, polling } from "./support/rawclients.mjs";
import { encodeRequest } from "./support/rawconnection.mjs";

const { assertServes, open, server } = maltreated();

describe("HTTP", () => {
  const host = "Host: localhost\r\n";
  const cases = {
    "bytes that are no request": [Buffer.from(Array.from({ length: 512 }, (_, i) => (i * 37) & 255)), 400],
    "a TLS client hello": [Buffer.from("16030100c8010000c40303", "hex"), 400],
    "HTTP/2's preface": ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505],
    "half a request line": ["GET\r\n\r\n", 400],
    "an unknown version": [`GET / HTTP/9.9\r\n${host}\r\n`, 505],
    "a space in the target": [`GET /a b HTTP/1.1\r\n${host}\r\n`, 505],
    "a header without a colon": [`GET / HTTP/1.1\r\n${host}nonsense\r\n\r\n`, 400],
    "a NUL in a header": [`GET / HTTP/1.1\r\n${host}X: a\0b\r\n\r\n`, 400],
    "a space before the colon": [`GET / HTTP/1.1\r\n${host}X : a\r\n\r\n`, 400],
    "a head that is too large": [`GET / HTTP/1.1\r\n${host}X: ${"x".repeat(20_000)}\r\n\r\n`, 431],
    "too many headers": [`GET / HTTP/1.1\r\n${host}${"X: y\r\n".repeat(5000)}\r\n`, 431],
    "a target that is too long": [`GET /${"x".repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, 431],
    "a negative length": [`POST ${polling} HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`, 400],
    "a length that is no number": [`POST ${polling} HTTP/1.1\r\n${host}Content-Length: ten\r\n\r\n`, 400],
    "a length beyond 64 bits": [`POST ${polling} HTTP/1.1\r\n${host}Content-Length: 99999999999999999999999\r\n\r\n`, 400],
    "two lengths": [`POST ${polling} HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`, 400],
    "a length and chunks": [`POST ${polling} HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    "a chunk size that is no number": [`POST ${polling}&sid=x HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n`, 400],
    "a chunk size beyond 64 bits": [`POST ${polling}&sid=x HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n`, 400],
    "an unknown transfer encoding": [`POST ${polling}&sid=x HTTP/1.1\r\n${host}Transfer-Encoding: rot13\r\n\r\nabc`, 501],
    "a way out of the folder": [`GET /../../../../etc/passwd HTTP/1.1\r\n${host}\r\n`, 404],
    "the same, percent-encoded": [`GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n${host}\r\n`, 404],
    "a broken percent-encoding": [`GET /socket.io/?EIO=%4&transport=%zz HTTP/1.1\r\n${host}\r\n`, 400],
    "an unknown method": [`BREW /pot HTTP/1.1\r\n${host}\r\n`, 404],
    "CONNECT": [`CONNECT example.org:443 HTTP/1.1\r\n${host}\r\n`, 400],
  };
  for (const [name, [bytes, status]] of Object.entries(cases)) {
    it(`${name}: ${status}`, async () => {
      const connection = await open();
      connection.send(bytes);
      const answer = await connection.readResponse(patience);
      assert.equal(answer.status, status, JSON.stringify(answer));
      assert.doesNotMatch(answer.body, /root:/);
      connection.destroy();
      await assertServes();
    });
  }
  it("two requests in one go get two answers, in order", async () => {
    const connection = await open();
    connection.send(Buffer.concat([encodeRequest("GET", polling), encodeRequest("GET", "/nothing-here")]));
    assert.equal((await connection.readResponse()).status, 200);
    assert.equal((await connection.readResponse()).status, 404);
    connection.destroy();
  });
  it("a request in single bytes is a request", async () => {
    const connection = await open({ noDelay: true });
    for (const byte of encodeRequest("GET", polling)) {
      connection.send(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal((await connection.readResponse()).status, 200);
    connection.destroy();
  });
  it("a polling body that is encoded is not read as if it were plain: 415, and the session lives", async () => {
    const text = async (path, init) => (await fetch(server().url + path, init)).text();
    const { sid } = JSON.parse((await text(polling)).slice(1));
    const session = `${polling}&sid=${sid}`;
    assert.equal(await text(session, { method: "POST", body: "40" }), "ok");
    assert.match(await text(session), /^40/);
    for (const body of ["41", gzipSync("41")]) {
      const answer = await fetch(server().url + session, { method: "POST", body, headers: { "content-encoding": "gzip" } });
      assert.deepEqual([answer.status, answer.headers.get("accept-encoding")], [415, "identity"]);
      const { code, message } = await answer.json();
      assert.equal(code, 3);
      assert.match(message, /"gzip".+identity/);
    }
    const event = { method: "POST", body: '420["dialogue:listRooms"]', headers: { "content-encoding": "identity" } };
    assert.equal(await text(session, event), "ok");
    assert.match(await text(session), /dialogue:connected|430/);
  });
  it("a client that ends its side still gets its answer", async () => {
    const connection = await open({ allowHalfOpen: true });
    connection.send(encodeRequest("GET", polling));
    connection.socket.end();
    assert.equal((await connection.readResponse(patience)).status, 200);
    await connection.waitClosed(patience);
  });
});
