/**
 * The client of a Dialogue server, for browsers and Node. docs/javascript.md says what it promises; client.d.ts has the types.
 *
 *     const client = createDialogueClient({ url: "https://chat.example.org", auth: { userId: "ann" } });
 *     const chat = await client.join("chat");
 *     chat.on("message", ({ from, data }) => console.log(from, data.text));
 *     await chat.trigger("message", { text: "Hello" });
 */
import { DialogueClient } from "./client/dialogueclient.js";

export { DialogueClient };
export { DialogueError } from "./client/errors.js";
export { RoomContext } from "./client/roomcontext.js";

/** As the original's SDK spells it. */
export const createDialogueClient = (options) => new DialogueClient(options);
