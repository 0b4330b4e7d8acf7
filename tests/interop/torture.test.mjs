// A server that stores its events ends in many ways, under clients that go on.
import assert from "node:assert/strict";
import { it } from "node:test";
import { faultsOf } from "./torture/checker.mjs";
import { torture } from "./torture/run.mjs";

function judge(t, run) {
  t.diagnostic(`${run.acks.length} events acknowledged`);
  assert.ok(run.acks.length > 50, "too few to say anything");
  for (const { name, roomId, seen } of run.readers) {
    assert.ok(seen.filter(({ event }) => event).length > 10, `${name} in ${roomId} saw next to nothing`);
    if (name === "qt") continue;
    assert.ok(seen.filter(({ joined }) => joined).length > 1, `${name} in ${roomId} never had to come back`);
  }
  assert.deepEqual(faultsOf(run), []);
}

it("loses nothing that it acknowledged where it is killed, and its disk and its clock are wrong", async (t) => {
  const run = await torture({ how: ["kill", "disk", "kill", "clock", "stop"] });
  assert.equal(run.happened.diskFailures, 1, "the disk did not fail");
  judge(t, run);
});

// Without a room of durability sync, whose commits would put those of the others on the disk as well.
it("tells what it may have lost where the machine loses its power", async (t) => {
  const run = await torture({ how: ["power", "kill", "power"], durabilities: ["commit", "async"] });
  assert.ok(run.happened.droppedBytes > 0, "nothing was lost");
  judge(t, run);
});

it("loses nothing that it synced where the machine loses its power", async (t) => {
  const run = await torture({ how: ["power", "power"], durabilities: ["sync"] });
  judge(t, run);
});
