// What the tests under attack measure: the delay of others, and the server's memory.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { chatRoom, startDialogueServer } from "./dialogue.mjs";

/** Resident memory of a process in MB, without the pages of its program: how many of those are in depends on what
 * has run so far. */
export function residentMemory(pid) {
  return Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
}

const percentile = (values, part) => [...values].sort((a, b) => a - b)[Math.floor(values.length * part)];

/** Two servers of one config and a witness of both; `attacked` is the one to maltreat. */
export async function startWitnessed(config) {
  const rooms = { ...config.rooms, chat: chatRoom, witness: chatRoom };
  const [attacked, control] = [await startDialogueServer({ ...config, rooms }), await startDialogueServer({ ...config, rooms })];
  const witness = fork(new URL("witness.mjs", import.meta.url), [attacked.url, control.url]);
  await once(witness, "message");
  const report = async () => {
    if (witness.exitCode !== null) throw new Error("a client that did nothing wrong was disturbed (see above)");
    const answered = once(witness, "message");
    witness.send("report");
    return (await answered)[0];
  };
  return {
    server: attacked,
    /**
     * Runs `attack`; nobody else's messages may take more than `factor` times what they do on the server left in
     * peace. Less than `least` ms there counts as that much: a burst of handshakes may pass, waiting for somebody
     * slow may not.
     * `share`: or up to this part of the attack's duration, where the attack is honest work for the server.
     */
    async withoutDelay(attack, { factor = 10, least = 3, share = 0 } = {}) {
      await report();
      const started = Date.now();
      await attack();
      const duration = Date.now() - started;
      let times = await report();
      while (times.attacked.length < 20) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        const more = await report();
        times = { attacked: [...times.attacked, ...more.attacked], control: [...times.control, ...more.control] };
      }
      for (const part of [0.5, 0.9]) {
        const [here, there] = [percentile(times.attacked, part), percentile(times.control, part)];
        const bound = Math.max(factor * Math.max(there, least), share * duration);
        assert.ok(here < bound, `${part * 100} % of the others' messages took up to ${here.toFixed(2)} ms, on the server ` +
          `left in peace ${there.toFixed(2)} ms; the attack took ${duration} ms`);
      }
    },
    async stop() {
      witness.kill();
      const codes = [await attacked.stop(), await control.stop()];
      assert.deepEqual(codes, [0, 0], "a server did not end well");
    },
  };
}
