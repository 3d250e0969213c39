/** Who comes into a segment and leaves it, told to another program. */
export { type Synced, segmentWebhookOf, syncSegments } from "./sync.ts";
