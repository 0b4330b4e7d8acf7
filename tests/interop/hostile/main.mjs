// Hostile and slow clients of every kind in kinds/, one kind after the other against one server, each with a bystander.
//
//     node main.mjs [KIND...]     all, or those; --list names them
//
// DIALOGUE_HOSTILE_SERVER is the program of server/. What is asserted are counts, ratios and budgets, never times: they
// are printed, the bystander's median beside what it is in peace.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { config } from "./config.mjs";
import { kinds } from "./kinds.mjs";
import { Attack, within } from "./support/attack.mjs";
import { setStage } from "./support/stage.mjs";

const patience = 30_000; // ms a kind may take in all: a hub that is kept busy for ever is found by it
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

const wanted = process.argv.slice(2);
if (wanted.includes("--list")) {
  for (const { name, does } of kinds) console.log(`${name}: ${does}`);
  process.exit(0);
}
for (const name of wanted) {
  if (!kinds.some((kind) => kind.name === name)) throw new Error(`there is no kind ${name}; --list names them`);
}

/** Samples the server's memory for as long as it lasts. */
function watchMemory(stage) {
  let peak = stage.memory();
  const timer = setInterval(() => (peak = Math.max(peak, stage.memory())), 20);
  return () => {
    clearInterval(timer);
    return Math.max(peak, stage.memory());
  };
}

/** What the attack took has to be given back. `grows`: MB that may stay, as the allocator and the room's log keep them. */
async function assertGivenBack(stage, before, memory, { grows }) {
  const isBack = ({ workers, memory: { used } }) =>
    workers.sessions <= before.workers.sessions && workers.queuedBytes < 65_536 && used < before.memory.used + (grows << 20);
  const deadline = Date.now() + patience;
  let now = await stage.counters();
  while (!(isBack(now) && stage.memory() < memory + grows)) {
    assert.ok(Date.now() < deadline, `not given back: ${memory.toFixed(0)} MB before, ${stage.memory().toFixed(0)} MB now; ` +
      `sessions ${before.workers.sessions} and ${now.workers.sessions}, bytes that wait ${now.workers.queuedBytes}, ` +
      `kept ${before.memory.used} and ${now.memory.used}`);
    await sleep(50);
    now = await stage.counters();
  }
}

async function play(stage, { name, attack: run, memory: bound, grows = 16 }, number) {
  await stage.roundTrips();
  await sleep(250);
  const quiet = await stage.roundTrips(12);
  const before = await stage.counters();
  Object.assign(stage.turns, { events: 0, waited: 0, mostWaited: 0 });
  const memory = stage.memory();
  const peakOf = watchMemory(stage);
  const attack = new Attack(stage, number + 1, before);
  const started = Date.now();
  const during = [];
  let peak;
  try {
    assert.ok(await within(patience, run(attack)), `not over after ${patience} ms`);
    during.push(...(await stage.roundTrips(2)));
  } finally {
    attack.end();
    peak = peakOf();
  }
  const took = Date.now() - started;
  const after = await stage.counters();
  const { events, waited, mostWaited } = stage.turns;
  const messages = after.hub.messages - before.hub.messages;
  console.log(`${name}: ${took} ms, ${messages} messages, ${attack.mostClients} clients; bystander ${events} times, ` +
    `waited for ${mostWaited} others at most, ${(waited / Math.max(1, events)).toFixed(2)} on average; ` +
    `${median(quiet).toFixed(2)} ms in peace, ${median(during).toFixed(2)} ms (x ${(median(during) / median(quiet)).toFixed(1)}, ` +
    `goal 2); memory +${(peak - memory).toFixed(0)} MB`);

  assert.ok(events > 0, "the bystander had no turn");
  // One message of each of the others, and of whoever asks for the counters.
  assert.ok(mostWaited <= attack.mostClients + 2, `the bystander waited for ${mostWaited} messages of ${attack.mostClients} clients`);
  assert.ok(peak - memory < bound, `memory grew by ${(peak - memory).toFixed(0)} MB, of ${bound}`);
  await assertGivenBack(stage, before, memory, { grows });
}

const stage = await setStage(config);
const failed = [];
const chosen = kinds.map((kind, number) => [kind, number]).filter(([{ name }]) => !wanted.length || wanted.includes(name));
for (const [kind, number] of chosen) {
  try {
    await play(stage, kind, number);
    assert.ok(stage.isRunning(), "the server ended");
  } catch (error) {
    failed.push(kind.name);
    console.log(`FAILED ${kind.name} (${kind.does}): ${error.stack}`);
    if (!stage.isRunning()) {
      console.log(stage.output());
      break;
    }
  }
}
const code = await stage.stop();
if (code !== 0) {
  failed.push("the server's end");
  console.log(`the server ended with ${code}\n${stage.output()}`);
}
console.log(failed.length ? `FAILED: ${failed.join(", ")}` : `${chosen.length} kinds, nobody was hurt`);
process.exit(failed.length ? 1 : 0);
