// The recorded exchanges, replayed against our conformance server: raw bytes out, the same answers back.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { runExchange } from "./exchanges/run.mjs";
import { startConformanceServer } from "./support/process.mjs";

// The conformance server drops a session after half a second without a pong. On a machine so loaded that an exchange
// alone takes longer, that is what we would see; such a run says nothing and is repeated.
const slowExchange = 250;
const attempts = 20;

/** JSON behind a packet's header, whatever the order of keys; its compactness is checked before. */
function canonical(got) {
  const match = typeof got?.text === "string" && /^(\d[^[{"]*)([[{].*)$/s.exec(got.text);
  if (!match) return got;
  const value = JSON.parse(match[2]);
  assert.equal(match[2].length, JSON.stringify(value).length, `not compact: ${match[2]}`);
  return { ...got, text: match[1], json: value };
}

async function replay(port, steps) {
  const expected = steps.map((step) => step.got && canonical(step.got));
  for (let attempt = 1; ; attempt++) {
    const started = Date.now();
    try {
      const results = await runExchange(port, steps);
      for (const [i, result] of results.entries()) {
        assert.deepEqual(canonical(result), expected[i], `step ${i + 1}: ${JSON.stringify({ ...steps[i], got: undefined })}`);
      }
      return;
    } catch (error) {
      const ownWaits = steps.reduce((sum, step) => sum + (step.ms ?? 0) + (step.op === "silent" ? 60 : 0), 0);
      const tooSlow = Date.now() - started - ownWaits > slowExchange && !steps.some((step) => step.op === "pings");
      if (!tooSlow || attempt === attempts) throw error;
    }
  }
}

for (const protocol of ["engineio", "socketio"]) {
  const { exchanges } = JSON.parse(readFileSync(new URL(`exchanges/${protocol}.json`, import.meta.url)));
  describe(`${protocol}: recorded from the reference`, { concurrency: false }, () => {
    let server;
    before(async () => (server = await startConformanceServer(protocol)));
    after(() => server?.stop());
    for (const { name, steps } of exchanges) it(name, () => replay(server.port, steps));
  });
}
