// Run as a process of its own, so that what burdens the tests does not burden the measuring. On each of two servers
// a pair of clients passes messages; one server is being attacked, the other is not. What the machine's load does to
// both is no finding, what differs is. Answers {attacked, control}, round trips in ms, to each "report".
import { performance } from "node:perf_hooks";
import { connectClient } from "./dialogue.mjs";

const servers = { attacked: process.argv[2], control: process.argv[3] };
const pause = 5; // ms between two messages
let times = { attacked: [], control: [] };

async function pair(name) {
  const [speaker, listener] = [
    await connectClient({ url: servers[name] }, `${name} speaker`),
    await connectClient({ url: servers[name] }, `${name} listener`),
  ];
  for (const client of [speaker, listener]) await client.ask("dialogue:join", { roomId: "witness" });
  let next = 0;
  return async () => {
    const n = next++;
    const started = performance.now();
    speaker.emit("dialogue:trigger", { roomId: "witness", event: "message", data: { text: String(n) } });
    const event = await listener.next("dialogue:event", 60_000);
    if (event.data.text !== String(n)) throw new Error(`${name}: expected message ${n}, got ${event.data.text}`);
    await speaker.next("dialogue:event", 60_000);
    times[name].push(performance.now() - started);
  };
}

const [attacked, control] = [await pair("attacked"), await pair("control")];
process.on("message", () => {
  process.send(times);
  times = { attacked: [], control: [] };
});
process.send("ready");
for (;;) {
  await attacked();
  await control();
  await new Promise((resolve) => setTimeout(resolve, pause));
}
