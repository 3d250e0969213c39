/** What Cartwright holds about people: handed out, and erased. */
export { type EraseOptions, type ErasureOutcome, erasePerson, finishErasure } from "./erase.ts";
export { exportPerson, type PersonDocument } from "./export-person.ts";
export type { PersonQuery } from "./person.ts";
export { replayErasures } from "./replay.ts";
export { keptFrom, letGo, listOutlived, type RetainedPart } from "./retention.ts";
