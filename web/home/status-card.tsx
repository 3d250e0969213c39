import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { firingNow, useAlerts, useFirings } from "../alerts/use-alerts.ts";
import { getJson } from "../api.ts";
import { now } from "../clock.ts";
import { Card } from "../components/card.tsx";
import { addDays, agoText } from "../format-dates.ts";
import type { LiveAnswer } from "../live/use-live.ts";
import { useWorkspace } from "../shell/workspace.tsx";

type State = "fine" | "off" | "wrong" | "waiting";
const words: Readonly<Record<State, string>> = { fine: "Fine", off: "Off", wrong: "Look", waiting: "…" };

interface Line {
  readonly what: string;
  readonly state: State;
  readonly told: ReactNode;
}

/** Whether what the shop runs on runs: engine, refresh, collecting, store, alerts. */
export function StatusCard() {
  const { shop, format } = useWorkspace();
  const live = useQuery({
    queryKey: ["live-status"],
    queryFn: ({ signal }) => getJson<LiveAnswer>("/live", signal),
    refetchInterval: 30_000,
  });
  const alerts = useAlerts();
  const firings = useFirings();
  const last = shop.last_day ?? "1970-01-01";
  const fired = firingNow(firings.data?.rows ?? [], shop.last_day, addDays(last, -1)).length;
  const rules = alerts.data?.rows.length ?? 0;
  const lines: readonly Line[] = [
    {
      what: "Engine",
      state: live.isError ? "wrong" : live.data ? "fine" : "waiting",
      told: live.isError ? "does not answer" : `answers; version ${shop.data_version} of the data`,
    },
    {
      what: "Last refresh",
      state: shop.refreshed_at === null ? "off" : "fine",
      told:
        shop.refreshed_at === null
          ? "nothing has been imported yet"
          : `${agoText(shop.refreshed_at, now())}; data up to ${format.day(shop.last_day)}`,
    },
    {
      what: "Collecting",
      state: live.data ? (live.data.is_collecting ? "fine" : "off") : live.isError ? "wrong" : "waiting",
      told: live.data?.is_collecting
        ? `events are taken over HTTP; ${format.bytes(live.data.waiting_bytes)} wait to be loaded`
        : "no events are taken over HTTP",
    },
    {
      what: "Store",
      state: shop.has_store ? "fine" : "off",
      told: shop.has_store ? "runs; its desk is the page Store" : "none is set up",
    },
    {
      what: "Alerts",
      state: firings.isError || fired > 0 ? "wrong" : rules === 0 ? "off" : "fine",
      told:
        rules === 0
          ? "none is set; the bell sets one"
          : `${format.count(fired)} fired on the last days of ${format.count(rules)} set`,
    },
  ];
  return (
    <Card title="What runs" subtitle="Of this server, now" size="half">
      <dl>
        {lines.map(({ what, state, told }) => (
          <div key={what} className="status-line">
            <dt>{what}</dt>
            <dd>
              <span className={`status-word status-${state}`}>{words[state]}</span>
              <span className="muted">{told}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
