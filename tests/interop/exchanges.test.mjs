// The recorded exchanges, replayed against our conformance server: raw bytes out, the same answers back.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { runExchange } from "./exchanges/run.mjs";
import { startConformanceServer, suiteNumbers } from "./support/process.mjs";

// In ms. Where an exchange is not about time-outs, none may come in its way, however loaded the machine.
const never = 60_000;
const needs = [
  [/no pong/, { ...suiteNumbers, connectTimeout: never }],
  [/connectTimeout/, { ...suiteNumbers, pingTimeout: never }],
  [/ping and pong/, { pingInterval: suiteNumbers.pingInterval, pingTimeout: never, connectTimeout: never }],
  [/./, { pingInterval: never, pingTimeout: never, connectTimeout: never }],
];

/** A recorded answer as a server with `numbers` gives it: a handshake tells them. */
function toldBy(numbers, got) {
  const handshake = ({ pingInterval, pingTimeout }) => `"pingInterval":${pingInterval},"pingTimeout":${pingTimeout}`;
  const text = (value) => (typeof value === "string" ? value.replaceAll(handshake(suiteNumbers), handshake(numbers)) : value);
  return got && Object.fromEntries(Object.entries(got).map(([name, value]) => [name, text(value)]));
}

/** JSON behind a packet's header, whatever the order of keys; its compactness is checked before. */
function canonical(got) {
  const match = typeof got?.text === "string" && /^(\d[^[{"]*)([[{].*)$/s.exec(got.text);
  if (!match) return got;
  const value = JSON.parse(match[2]);
  assert.equal(match[2].length, JSON.stringify(value).length, `not compact: ${match[2]}`);
  return { ...got, text: match[1], json: value };
}

async function replay(server, steps) {
  const expected = steps.map((step) => step.got && canonical(toldBy(server.numbers, step.got)));
  const results = await runExchange(server.port, steps);
  for (const [i, result] of results.entries()) {
    assert.deepEqual(canonical(result), expected[i], `step ${i + 1}: ${JSON.stringify({ ...steps[i], got: undefined })}`);
  }
}

for (const protocol of ["engineio", "socketio"]) {
  const { exchanges } = JSON.parse(readFileSync(new URL(`exchanges/${protocol}.json`, import.meta.url)));
  describe(`${protocol}: recorded from the reference`, { concurrency: false }, () => {
    const servers = new Map();
    before(async () => {
      for (const [names, numbers] of needs) servers.set(names, { numbers, ...(await startConformanceServer(protocol, numbers)) });
    });
    after(async () => {
      for (const server of servers.values()) await server.stop();
    });
    for (const { name, steps } of exchanges) {
      const [names] = needs.find(([pattern]) => pattern.test(name));
      it(name, () => replay(servers.get(names), steps));
    }
  });
}
