/** Checks alerts: each fires at most once a day of data and version of the alert, however often it is checked. */
import type { Clock } from "../clock.ts";
import { toCartwrightError } from "../errors.ts";
import { type Kept, listKept } from "../kept/index.ts";
import { type Alert, alerts } from "./alert.ts";
import { evaluate, judgedDay, type Measuring } from "./evaluate.ts";
import { listFirings, writeFiring } from "./firings.ts";

/** What became of one alert. */
export interface Checked {
  readonly id: string;
  readonly title: string;
  /** `known` when it had fired for this day before. */
  readonly state: "quiet" | "fired" | "known" | "failed";
  readonly day_on: string | null;
  readonly value: number | null;
  readonly reference: number | null;
  readonly message: string;
}

export interface Checking extends Measuring {
  readonly clock: Clock;
}

async function checkOne(checking: Checking, kept: Kept<Alert>, day: string): Promise<Checked> {
  const { clock } = checking;
  const { warehouse, extent } = checking.context;
  const { id, version, content } = kept;
  const about = { id, title: content.title, day_on: day };
  const written = { alert_id: id, alert_version: version, day_on: day, data_version: extent.dataVersion };
  try {
    const finding = await evaluate(checking, content);
    const { value = null, reference = null, message = "" } = finding ?? {};
    if (!finding?.isMet) return { ...about, state: "quiet", value, reference, message };
    await writeFiring(warehouse, clock, { ...written, value, reference, message }, "fired", 1);
    return { ...about, state: "fired", value, reference, message };
  } catch (error) {
    const known = toCartwrightError(error);
    // The engine being away is no matter of the alert; it is checked again.
    if (known.status >= 500) throw error;
    const message = `${content.title} could not be checked: ${known.message}`;
    await writeFiring(warehouse, clock, { ...written, value: null, reference: null, message }, "failed", 1);
    return { ...about, state: "failed", value: null, reference: null, message };
  }
}

/** Checks every alert, or the one given, and keeps what fired. */
export async function checkAlerts(checking: Checking, only?: string): Promise<readonly Checked[]> {
  const { warehouse, extent, timeZone } = checking.context;
  const all = (await listKept(warehouse, alerts)).filter(({ id }) => only === undefined || id === only);
  const day = judgedDay(extent, timeZone);
  if (day === null || all.length === 0) return [];
  const firings = await listFirings(warehouse, { day, limit: 100_000 });
  const checked: Checked[] = [];
  for (const kept of all) {
    const fired = firings.find((one) => one.alert_id === kept.id && one.alert_version === kept.version);
    if (!fired) checked.push(await checkOne(checking, kept, day));
    else {
      const { value, reference, message } = fired;
      checked.push({ id: kept.id, title: kept.content.title, state: "known", day_on: day, value, reference, message });
    }
  }
  return checked;
}
