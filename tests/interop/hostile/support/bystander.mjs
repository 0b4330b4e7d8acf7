// Another user, in a process of its own: one round trip at a time, a pause, the next. Answers the round trips since
// the last "report", in ms. Ends with an error as soon as anything happens to it that it did not ask for.
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "./client.mjs";

const [port] = process.argv.slice(2);
const pause = 12; // ms: under the budget of events, for as long as it takes
const client = await Client.connect({ port, address: "127.0.0.1", userId: "bystander" });
let times = [];
process.on("message", () => {
  process.send(times);
  times = [];
});

await client.ask("dialogue:join", { roomId: "plaza", subscriptions: ["note"] });
process.send("ready");
for (let n = 0; ; n++) {
  const started = performance.now();
  const [ack, event] = await Promise.all([
    client.ask("dialogue:trigger", { roomId: "plaza", event: "note", data: n }),
    client.next("dialogue:event"),
  ]);
  if (!ack.ok || event.data !== n) throw new Error(`note ${n}: ${JSON.stringify(ack)}, ${JSON.stringify(event)}`);
  times.push(performance.now() - started);
  await sleep(pause);
}
