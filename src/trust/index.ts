/** Trust in the data: what is wrong with them, told beside the numbers that rest on it. */
export type { Notice } from "./notice.ts";
export { isNoticed, nothingKnown, noticesFor, readStanding, type Standing } from "./standing.ts";
export { StandingKeeper } from "./standing-keeper.ts";
export { lackNotices } from "./unreachable.ts";
