// Bad HTTP: a clear error or a close each time, the server goes on, and nobody else is disturbed.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { maltreated } from "./support/badinput.mjs";
import { patience, polling } from "./support/rawclients.mjs";
import { encodeRequest } from "./support/rawconnection.mjs";

const { assertServes, open } = maltreated();

describe("HTTP", () => {
  const host = "Host: localhost\r\n";
  const cases = {
    "bytes that are no request": Buffer.from(Array.from({ length: 512 }, (_, i) => (i * 37) & 255)),
    "a TLS client hello": Buffer.from("16030100c8010000c40303", "hex"),
    "HTTP/2's preface": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "half a request line": "GET\r\n\r\n",
    "an unknown version": `GET / HTTP/9.9\r\n${host}\r\n`,
    "a space in the target": `GET /a b HTTP/1.1\r\n${host}\r\n`,
    "a header without a colon": `GET / HTTP/1.1\r\n${host}nonsense\r\n\r\n`,
    "a NUL in a header": `GET / HTTP/1.1\r\n${host}X: a\0b\r\n\r\n`,
    "a space before the colon": `GET / HTTP/1.1\r\n${host}X : a\r\n\r\n`,
    "a head that is too large": `GET / HTTP/1.1\r\n${host}X: ${"x".repeat(20_000)}\r\n\r\n`,
    "too many headers": `GET / HTTP/1.1\r\n${host}${"X: y\r\n".repeat(5000)}\r\n`,
    "a target that is too long": `GET /${"x".repeat(20_000)} HTTP/1.1\r\n${host}\r\n`,
    "a negative length": `POST ${polling} HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`,
    "a length that is no number": `POST ${polling} HTTP/1.1\r\n${host}Content-Length: ten\r\n\r\n`,
    "a length beyond 64 bits": `POST ${polling} HTTP/1.1\r\n${host}Content-Length: 99999999999999999999999\r\n\r\n`,
    "two lengths": `POST ${polling} HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`,
    "a length and chunks": `POST ${polling} HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    "a chunk size that is no number": `POST ${polling}&sid=x HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    "a chunk size beyond 64 bits": `POST ${polling}&sid=x HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n`,
    "an unknown transfer encoding": `POST ${polling}&sid=x HTTP/1.1\r\n${host}Transfer-Encoding: rot13\r\n\r\nabc`,
    "a way out of the folder": `GET /../../../../etc/passwd HTTP/1.1\r\n${host}\r\n`,
    "the same, percent-encoded": `GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n${host}\r\n`,
    "a broken percent-encoding": `GET /socket.io/?EIO=%4&transport=%zz HTTP/1.1\r\n${host}\r\n`,
    "an unknown method": `BREW /pot HTTP/1.1\r\n${host}\r\n`,
    "CONNECT": `CONNECT example.org:443 HTTP/1.1\r\n${host}\r\n`,
  };
  for (const [name, bytes] of Object.entries(cases)) {
    it(`${name}: an error or a close`, async () => {
      const connection = await open();
      connection.send(bytes);
      const answer = await connection.readResponse(patience);
      assert.ok(answer.kind === "closed" || answer.status >= 400, JSON.stringify(answer));
      assert.doesNotMatch(answer.body ?? "", /root:/);
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
  it("a client that ends its side still gets its answer, or a close", async () => {
    const connection = await open({ allowHalfOpen: true });
    connection.send(encodeRequest("GET", polling));
    connection.socket.end();
    const answer = await connection.readResponse(patience);
    assert.ok(answer.kind === "closed" || answer.status === 200);
    await connection.waitClosed(patience);
  });
});
