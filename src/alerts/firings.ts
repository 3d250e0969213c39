/** What fired and how its sending went: read from and written to the journal of alerts. */
import { type Clock, isoNow } from "../clock.ts";
import { readSql } from "../warehouse/sql-file.ts";
import type { Row, Warehouse } from "../warehouse/warehouse.ts";

export interface Firing {
  readonly alert_id: string;
  readonly alert_version: number;
  readonly day_on: string;
  /** UTC. */
  readonly fired_at: string;
  /** `failed` when the alert could not be checked. */
  readonly outcome: "fired" | "failed";
  readonly data_version: string;
  readonly value: number | null;
  readonly reference: number | null;
  readonly message: string;
  readonly attempt_count: number;
  readonly last_at: string;
  readonly last_action: "fired" | "failed" | "delivered" | "delivery_failed" | "given_up";
  readonly last_message: string;
}

/** What says which firing it is: the same for every attempt to send it. */
export const firingId = (firing: Pick<Firing, "alert_id" | "alert_version" | "day_on">): string =>
  `${firing.alert_id}-${firing.alert_version}-${firing.day_on}`;

const firingsSql = readSql(new URL("./firings.sql", import.meta.url));
const instant = (value: unknown): string => `${String(value).replace(" ", "T")}Z`;
const known = (value: unknown): number | null => (value === null ? null : Number(value));

const firingOf = (row: Row): Firing => ({
  alert_id: String(row.firing_alert_id),
  alert_version: Number(row.firing_version),
  day_on: String(row.firing_day),
  fired_at: instant(row.fired_at),
  outcome: row.outcome === "failed" ? "failed" : "fired",
  data_version: String(row.fired_data_version),
  value: known(row.fired_value),
  reference: known(row.fired_reference),
  message: String(row.fired_message),
  attempt_count: Number(row.attempt_count),
  last_at: instant(row.last_at),
  last_action: String(row.last_action) as Firing["last_action"],
  last_message: String(row.last_message),
});

interface Asked {
  readonly alertId?: string;
  readonly day?: string;
  readonly limit?: number;
}

/** Firings, the newest first; of one alert or one day when asked. */
export async function listFirings(warehouse: Warehouse, asked: Asked = {}): Promise<readonly Firing[]> {
  const bindings = { alert_id: asked.alertId ?? "", day_on: asked.day ?? "", limit: asked.limit ?? 100 };
  return (await warehouse.query(firingsSql, { bindings })).map(firingOf);
}

type Written = Pick<
  Firing,
  "alert_id" | "alert_version" | "day_on" | "data_version" | "value" | "reference" | "message"
>;

/** Writes one thing that happened to a firing; `sequence` counts them from 1, which is the firing itself. */
export async function writeFiring(
  warehouse: Warehouse,
  clock: Clock,
  firing: Written,
  action: Firing["last_action"],
  sequence: number,
): Promise<void> {
  const { alert_id, alert_version, day_on, data_version, value, reference, message } = firing;
  await warehouse.insertRows("ops_alert_events", [
    {
      alert_id,
      alert_version,
      day_on,
      sequence,
      happened_at: isoNow(clock).replace("T", " ").replace("Z", ""),
      action,
      data_version,
      value,
      reference,
      message,
    },
  ]);
}
