import { useQuery } from "@tanstack/react-query";
import { getJson } from "../api.ts";
import { useWorkspace } from "../shell/workspace.tsx";

export type Condition =
  | { readonly kind: "above" | "below"; readonly value: number }
  | { readonly kind: "change"; readonly direction: "rise" | "fall" | "either"; readonly rate: number }
  | { readonly kind: "anomaly" };

/** A rule on one number; values are in the column's unit: minor units of money, rates as fractions. */
export interface Alert {
  readonly title: string;
  readonly analysis: string;
  readonly column: string;
  readonly params: Readonly<Record<string, string | readonly string[]>>;
  readonly where: Readonly<Record<string, string | number | boolean>>;
  readonly last_days: number;
  readonly condition: Condition;
}

export interface SavedAlert extends Alert {
  readonly id: string;
  readonly made_by: string;
}

/** One firing, and how its sending went. */
export interface Firing {
  readonly alert_id: string;
  readonly alert_version: number;
  readonly day_on: string;
  readonly fired_at: string;
  readonly outcome: "fired" | "failed";
  readonly message: string;
  readonly attempt_count: number;
  readonly last_action: "fired" | "failed" | "delivered" | "delivery_failed" | "given_up";
  readonly last_message: string;
}

/** Firings arrive while the page is open: they are asked for every minute. */
const everyMs = 60_000;

export function useFirings() {
  const { shop } = useWorkspace();
  return useQuery({
    queryKey: ["alert-log", shop.data_version],
    queryFn: ({ signal }) => getJson<{ rows: readonly Firing[] }>("/alerts/log", signal),
    refetchInterval: everyMs,
  });
}

export const useAlerts = () =>
  useQuery({
    queryKey: ["alerts"],
    queryFn: ({ signal }) => getJson<{ rows: readonly SavedAlert[]; is_sent: boolean }>("/alerts", signal),
  });

/** Firings of the newest day that has any within the last two days of the data: what the bell counts. */
export function firingNow(rows: readonly Firing[], lastDay: string | null, dayBefore: string): readonly Firing[] {
  return rows.filter((row) => lastDay !== null && row.day_on >= dayBefore && row.day_on <= lastDay);
}
