#!/usr/bin/env node
// Records the exchanges from the reference implementations into exchanges/*.json: node record.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { runExchange } from "./exchanges/run.mjs";
import { conformanceOptions, startProgram, suiteNumbers } from "./support/process.mjs";

const here = new URL(".", import.meta.url);
const require = createRequire(import.meta.url);
const version = (name) =>
  JSON.parse(readFileSync(require.resolve(name).replace(/node_modules\/([^/]+)\/.*/, "node_modules/$1/package.json"))).version;

for (const protocol of ["engineio", "socketio"]) {
  const { default: scenarios } = await import(`./exchanges/${protocol}.mjs`);
  const server = await startProgram(new URL("reference-server.mjs", here).pathname, ["--protocol", protocol, ...conformanceOptions(suiteNumbers)]);
  const exchanges = [];
  for (const [name, steps] of scenarios) {
    try {
      const results = await runExchange(server.port, steps);
      exchanges.push({ name, steps: steps.map((step, i) => ({ ...step, got: results[i] })) });
    } catch (error) {
      console.error(`${protocol}: ${name}: ${error.message}`);
      process.exitCode = 1;
    }
  }
  await server.stop();
  const from = `engine.io ${version("engine.io")}, socket.io ${version("socket.io")}`;
  const text = exchanges.map((exchange) => JSON.stringify(exchange)).join(",\n");
  writeFileSync(new URL(`exchanges/${protocol}.json`, here), `{"from":"${from}","exchanges":[\n${text}\n]}\n`);
  console.log(`${protocol}: ${exchanges.length} exchanges from ${from}`);
}
