// From text to verdict by JSON.parse and ajv: one of the programs that bench/schema.py runs.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../tests/interop/package.json", import.meta.url));
const Ajv = require("ajv");

const [schemaFile, dataFile, seconds, onlyReads] = process.argv.slice(2);
const text = readFileSync(dataFile, "utf8");
const validate = onlyReads ? () => true : new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schemaFile, "utf8")));
const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };

let valid = true;
/** So many that the clock is not asked too often; in CPU seconds of all of the process' threads. */
function measure(limit) {
  let runs = 0;
  const begin = used();
  do {
    const batch = Math.floor(runs / 8) + 1;
    for (let i = 0; i < batch; i++) valid = validate(JSON.parse(text)) && valid;
    runs += batch;
  } while (used() - begin < limit);
  return { runs, cpu: used() - begin };
}

measure(Number(seconds) / 2); // until it is compiled
console.log(JSON.stringify({ valid, ...measure(Number(seconds)) }));
