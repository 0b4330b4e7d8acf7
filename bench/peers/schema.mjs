// The event of `dialogue-load` as the original library declares events, with Zod; bench/server.sample.yaml has the
// same in JSON Schema.
import { z } from "zod";

export const tick = z.strictObject({
  mark: z.string().min(1).max(100),
  pad: z.string().max(1_000_000).optional(),
});

export const historyLimit = 50;
