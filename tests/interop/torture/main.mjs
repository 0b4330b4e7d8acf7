// ./dev torture [KILLS]
import { faultsOf } from "./checker.mjs";
import { torture } from "./run.mjs";

const kills = Number(process.argv[2] ?? 200);
if (!Number.isInteger(kills) || kills < 1) {
  console.error(`torture: the number of kills is a whole number of at least 1, not "${process.argv[2]}"`);
  process.exit(2);
}
const often = (ways, count) => Array.from({ length: count }, (_, i) => ways[i % ways.length]);
const few = Math.max(1, Math.round(kills / 5));
let failed = false;
for (const part of [
  { how: often(["kill", "kill", "disk", "kill", "clock", "kill", "stop"], kills) },
  { how: often(["power", "kill"], few), durabilities: ["commit", "async"] },
  { how: often(["power"], few), durabilities: ["sync"] },
]) {
  const run = await torture({ ...part, publishers: 4, readers: 2, said: console.log });
  const faults = faultsOf(run);
  for (const [id, { log, epoch }] of Object.entries(run.rooms)) console.log(`${id}: ${log.length} events, epoch ${epoch}`);
  console.log(faults.length ? faults.slice(0, 100).join("\n") : `${run.acks.length} events acknowledged, nothing is wrong`);
  failed ||= faults.length > 0;
}
process.exit(failed ? 1 : 0);
