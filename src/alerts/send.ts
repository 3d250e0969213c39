/**
 * Sends what fired to the webhook: signed, one at a time, each at most five times within a day. Sending is at least once; the
 * id of the firing lets the receiver drop a repetition.
 */
import { type Clock, isoNow } from "../clock.ts";
import type { Config } from "../config.ts";
import { secretFromEnvironment } from "../config.ts";
import { listKept } from "../kept/index.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { post, type Webhook } from "../webhook/index.ts";
import { alerts } from "./alert.ts";
import { type Firing, firingId, listFirings, writeFiring } from "./firings.ts";

/** The webhook of the settings; null when none is set. */
export function webhookOf({ alerts: { webhook_url, webhook_secret_env } }: Config): Webhook | null {
  if (webhook_url === undefined) return null;
  return { url: webhook_url, secret: secretFromEnvironment(webhook_secret_env), secretName: webhook_secret_env };
}

const minute = 60_000;
/** Pause after each failed attempt; after the last one it is given up. */
const pauses = [minute, 5 * minute, 30 * minute, 120 * minute] as const;
const longest = 24 * 60 * minute;

/** Whether a firing is to be sent now. */
export function isDue(firing: Firing, now: number): boolean {
  if (firing.outcome !== "fired" || now - Date.parse(firing.fired_at) > longest) return false;
  if (firing.last_action === "fired") return true;
  const pause = pauses[firing.attempt_count - 1];
  return firing.last_action === "delivery_failed" && pause !== undefined && now - Date.parse(firing.last_at) >= pause;
}

export interface Sending {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly shop: string;
  readonly webhook: Webhook;
}

/** What became of one firing that was to be sent. */
export interface Sent {
  readonly id: string;
  readonly state: "delivered" | "delivery_failed" | "given_up";
  readonly note: string;
}

/** Sends every firing that is due. Firings of alerts that are deleted since are not sent. */
export async function sendFirings({ warehouse, clock, shop, webhook }: Sending): Promise<readonly Sent[]> {
  const due = (await listFirings(warehouse, { limit: 1000 })).filter((firing) => isDue(firing, clock.now()));
  if (due.length === 0) return [];
  const there = new Map((await listKept(warehouse, alerts)).map(({ id, content }) => [id, content]));
  const sent: Sent[] = [];
  for (const firing of due.toReversed()) {
    const content = there.get(firing.alert_id);
    if (!content) continue;
    const id = firingId(firing);
    const { day_on, data_version, value, reference, message, fired_at } = firing;
    const alert = { id: firing.alert_id, title: content.title, analysis: content.analysis, column: content.column };
    const body = JSON.stringify({ id, shop, alert, day_on, data_version, value, reference, message, fired_at });
    const problem = await post(webhook, id, body, isoNow(clock));
    const isLast = firing.attempt_count >= pauses.length;
    const state = problem === null ? "delivered" : isLast ? "given_up" : "delivery_failed";
    const note = problem ?? "the webhook took it";
    await writeFiring(warehouse, clock, { ...firing, message: note }, state, firing.attempt_count + 2);
    sent.push({ id, state, note });
  }
  return sent;
}
