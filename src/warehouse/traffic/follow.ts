/**
 * Keeps agg_flagged_daily and dim_staff what events and settings say. Flags stand beside the facts and not in them: a changed setting
 * rewrites two small tables, and no number that counts everything changes.
 */
import type { Config } from "../../config.ts";
import { type DayRange, isEmptyRange } from "../day-range.ts";
import { boundTo, eventWindows, type Followed, wholeSpan } from "../fill.ts";
import { buildSql, emptyNext, replaceDays, swapNext } from "../replace.ts";
import { readState } from "../schema.ts";
import type { Warehouse } from "../warehouse.ts";
import { isMarkedOtherwise, markAnew } from "./mark-events.ts";
import { robotsVersion } from "./robots.ts";

/** The state that names the settings and the list of robots by which visitors are flagged; to be written at the end of a build. */
export const flaggedWith = "flagged_with";

export const flagSettings = ({ traffic }: Config): string => JSON.stringify([robotsVersion, traffic]);

/** Whether flags wait for a build: the settings or the list of robots have changed. */
export const areFlagsOwed = async (warehouse: Warehouse, config: Config): Promise<boolean> =>
  (await readState(warehouse, flaggedWith)) !== flagSettings(config);

const eventsPerWindow = 15_000_000;

/** Writes the flagged visitors of these days to the twin of agg_flagged_daily. */
export async function fillFlaggedDays(
  warehouse: Warehouse,
  config: Config,
  days: DayRange,
  followed: Followed = null,
): Promise<void> {
  await emptyNext(warehouse, "agg_flagged_daily");
  const { max_events_per_minute: most_per_minute, max_events_per_day: most_per_day } = config.traffic;
  // What follows takes the days at once: it keeps the rows of days that have no events of their own.
  const windows = followed === null ? await eventWindows(warehouse, days, eventsPerWindow) : [days];
  for (const window of windows)
    await buildSql(warehouse, "rollups/next_agg_flagged_daily", {
      ...boundTo(window, followed),
      most_per_minute,
      most_per_day,
    });
}

const namesStaff = ({ traffic }: Config): boolean => traffic.staff_ids.length + traffic.staff_emails.length > 0;

/** Writes who is staff to the twin of dim_staff. */
export async function fillStaff(warehouse: Warehouse, config: Config): Promise<void> {
  await emptyNext(warehouse, "dim_staff");
  if (!namesStaff(config)) return;
  const { staff_ids, staff_emails } = config.traffic;
  const emails = staff_emails.map((email) => email.toLowerCase());
  await buildSql(warehouse, "core/next_dim_staff", {
    staff_ids,
    staff_addresses: emails.filter((email) => !email.startsWith("@")),
    staff_domains: emails.filter((email) => email.startsWith("@")),
  });
}

/**
 * @param days days with events that came, went or are another person's now; null for all
 * @param followed the batches of these events where all of them came
 */
export async function followFlags(
  warehouse: Warehouse,
  config: Config,
  days: DayRange | null,
  followed: Followed,
): Promise<void> {
  const isOtherwise = await areFlagsOwed(warehouse, config);
  const isMarkedAnew = await isMarkedOtherwise(warehouse);
  if (isMarkedAnew) await markAnew(warehouse);
  if (days === null || isOtherwise) {
    await fillFlaggedDays(warehouse, config, await wholeSpan(warehouse));
    await swapNext(warehouse, "agg_flagged_daily");
  } else if (!isEmptyRange(days)) {
    await fillFlaggedDays(warehouse, config, days, isMarkedAnew ? null : followed);
    await replaceDays(warehouse, "agg_flagged_daily", days);
  }
  // Without staff in the settings the table is empty, and stays so.
  if (days === null || isOtherwise || namesStaff(config)) {
    await fillStaff(warehouse, config);
    await swapNext(warehouse, "dim_staff");
  }
}
