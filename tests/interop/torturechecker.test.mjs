// The checker of the torture finds what it is there to find: each fault is planted in a run without one.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { faultsOf } from "./torture/checker.mjs";

/** A server that was killed once, behind 3; in the async room 3 was lost with it. */
function goodRun() {
  const events = (...pairs) => pairs.map(([offset, id]) => ({ offset, id }));
  const seen = (...pairs) => events(...pairs).map((event) => ({ event }));
  return {
    rooms: {
      commit: { durability: "commit", epoch: "A", log: events([1, "a"], [2, "b"], [3, "c"], [5, "d"]) },
      async: { durability: "async", epoch: "B", log: events([1, "a"], [2, "b"], [3, "d"]) },
    },
    acks: [
      { roomId: "commit", id: "a", offset: 1 },
      { roomId: "commit", id: "c", offset: 3 },
      { roomId: "async", id: "c", offset: 3 },
    ].filter(({ roomId, id }) => !(roomId === "async" && id === "c")).concat({ roomId: "async", id: "lost", offset: 3 }),
    readers: [
      {
        name: "js", roomId: "commit",
        seen: [
          { joined: { epoch: "A", offset: 0, recovered: false } }, ...seen([1, "a"], [2, "b"]),
          { joined: { epoch: "A", offset: 3, recovered: true, since: { epoch: "A", offset: 2 } } }, ...seen([3, "c"], [5, "d"]),
        ],
      },
      {
        name: "js", roomId: "async",
        seen: [
          { joined: { epoch: "A", offset: 0, recovered: false } }, ...seen([1, "a"], [2, "b"], [3, "lost"]),
          { joined: { epoch: "B", offset: 2, recovered: false, since: { epoch: "A", offset: 3 } } }, ...seen([3, "d"]),
        ],
      },
    ],
  };
}

/** The same, where the machine lost its power behind 2, and with it what was 3 in the commit room. */
function runWithoutPower() {
  const run = goodRun();
  run.lostPower = true;
  run.rooms.commit.epoch = "C";
  run.rooms.commit.log = [[1, "a"], [2, "b"], [4, "d"]].map(([offset, id]) => ({ offset, id }));
  run.readers[0].seen.splice(3, 3, { event: { offset: 3, id: "c" } },
    { joined: { epoch: "C", offset: 2, recovered: false, since: { epoch: "A", offset: 3 } } }, { event: { offset: 4, id: "d" } });
  return run;
}

const planted = {
  "an acknowledged event that is lost": [(run) => run.rooms.commit.log.splice(2, 1), /c was acknowledged as 3, and is lost/],
  "an event that is stored under another offset than acknowledged": [(run) => (run.acks[0].offset = 2), /a was acknowledged as 2, and is 1/],
  "an event that is stored twice": [(run) => run.rooms.commit.log.push({ offset: 6, id: "a" }), /a is in the log twice/],
  "an offset that is given twice": [(run) => (run.rooms.commit.log[3].offset = 3), /3 comes behind 3/],
  "an event that comes twice": [(run) => run.readers[0].seen.push({ event: { offset: 6, id: "b" } }), /b came twice/],
  "events out of order": [(run) => run.readers[0].seen.splice(1, 2, run.readers[0].seen[2], run.readers[0].seen[1]), /1 \(a\) comes behind 2/],
  "a gap that nobody tells": [(run) => run.readers[0].seen.splice(4, 1), /3 \(c\) is missing without a word/],
  "a gap in what was recovered": [(run) => run.readers[0].seen.splice(2, 1), /2 \(b\) is missing without a word/],
  "an epoch kept that must not be": [
    (run) => { run.readers[1].seen.splice(4, 1); run.readers[1].seen[0].joined.epoch = "B"; },
    /3 was lost, and the log has d there in the same epoch/,
  ],
  "an end that never comes": [(run) => run.readers[0].seen.pop(), /5 \(d\) is missing without a word/],
  "a recovery across epochs": [(run) => (run.readers[1].seen[4].joined.recovered = true), /recovered in the epoch B from one in A/],
};

describe("the checker of the torture", () => {
  it("finds nothing where there is nothing", () => assert.deepEqual(faultsOf(goodRun()), []));
  it("takes a loss of power for a reason to begin anew", () => assert.deepEqual(faultsOf(runWithoutPower()), []));
  it("finds that a loss of power was not told", () => {
    const run = runWithoutPower();
    run.rooms.commit.epoch = "A";
    assert.match(faultsOf(run).join("\n"), /3 was c, and the log has nothing there in the same epoch/);
  });
  it("finds what was lost with the power though it was synced", () => {
    const run = runWithoutPower();
    run.rooms.commit.durability = "sync";
    assert.match(faultsOf(run).join("\n"), /c was acknowledged as 3, and is lost/);
  });
  for (const [name, [plant, expected]] of Object.entries(planted)) {
    it(`finds ${name}`, () => {
      const run = goodRun();
      plant(run);
      assert.match(faultsOf(run).join("\n"), expected);
    });
  }
});
