// One server, its bystander, and what can be known of both; the stage for one kind of hostile clients after the other.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { residentMemory } from "../../support/measure.mjs";
import { programFromEnvironment, startProgram } from "../../support/process.mjs";

export async function setStage(config) {
  const folder = mkdtempSync(join(tmpdir(), "dialogue-hostile-"));
  const file = join(folder, "config.json");
  writeFileSync(file, JSON.stringify(config));
  const server = await startProgram(programFromEnvironment("DIALOGUE_HOSTILE_SERVER"), [file], { stdin: "pipe" });
  const bystander = fork(new URL("bystander.mjs", import.meta.url), [String(server.port)]);
  bystander.setMaxListeners(0);
  const gone = once(bystander, "exit").then(() => ["gone"]);
  const answer = async () => (await Promise.race([once(bystander, "message"), gone]))[0];
  if ((await answer()) !== "ready") throw new Error("the bystander did not get in");

  const turns = { events: 0, waited: 0, mostWaited: 0 };
  return {
    turns, // of the bystander
    port: server.port,
    isRunning: server.isRunning,
    output: server.output,
    memory: () => residentMemory(server.pid),
    async counters() {
      // Each over a connection of its own: one that is idle the server ends soon, and fetch() may be about to use it again.
      const response = await fetch(`${server.url}/counters`, { headers: { connection: "close" } });
      const counters = await response.json();
      turns.events += counters.bystander.events;
      turns.waited += counters.bystander.waited;
      turns.mostWaited = Math.max(turns.mostWaited, counters.bystander.mostWaited);
      return counters;
    },
    /** The bystander's round trips since the last time, in ms; at least some. */
    async roundTrips(atLeast = 5) {
      const all = [];
      for (;;) {
        const answered = answer();
        if (bystander.connected) bystander.send("report");
        const times = await answered;
        if (!Array.isArray(times)) throw new Error("the bystander was disturbed (see above)");
        all.push(...times);
        if (all.length >= atLeast) return all;
        await sleep(50);
      }
    },
    async stop() {
      bystander.kill();
      const code = await server.stop();
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}
