// Whoever ends the program of hostile clients from outside, in the middle of a kind, ends its server and its bystander too.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { programFromEnvironment } from "./support/process.mjs";

const patience = 20_000;

const childrenOf = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);

/** Not even as one that has ended and nobody has asked about. */
function isRunning(pid) {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

async function until(what, isSo) {
  const deadline = Date.now() + patience;
  while (!isSo()) {
    assert.ok(Date.now() < deadline, what);
    await sleep(20);
  }
}

describe("the program of hostile clients", () => {
  for (const signal of ["SIGTERM", "SIGINT", "SIGKILL"]) {
    it(`leaves nobody behind where ${signal} ends it`, async () => {
      assert.ok(programFromEnvironment("DIALOGUE_HOSTILE_SERVER"));
      const program = spawn(process.execPath, [fileURLToPath(new URL("hostile/main.mjs", import.meta.url))], { stdio: "ignore" });
      const ended = once(program, "exit");
      await until("it has not started its server and its bystander", () => childrenOf(program.pid).length === 2);
      const children = childrenOf(program.pid);
      program.kill(signal);
      assert.equal((await ended)[1], signal);
      await until(`of ${children} somebody runs on`, () => !children.some(isRunning));
    });
  }
});
