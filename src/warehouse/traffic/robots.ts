/** Which user agents are known robots', by the list that the package isbot maintains. */
import { createHash } from "node:crypto";
import { getPattern, isbot } from "isbot";

/** Whether a user agent is a known robot's, a program's or a browser's without a person. */
export const isRobot = (userAgent: string): boolean => isbot(userAgent);

/** The state that names the list by which events are marked. */
export const markedBy = "events_marked_by";

/** Changes with the list. */
export const robotsVersion = createHash("sha256").update(getPattern().source).digest("hex").slice(0, 12);
