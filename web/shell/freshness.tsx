import { useEffect, useState } from "react";
import { now } from "../clock.ts";
import { agoText, instantText } from "../format-dates.ts";
import { useWorkspace } from "./workspace.tsx";

/** How long ago the data was refreshed, counted on while the page stays open. */
export function Freshness() {
  const { shop } = useWorkspace();
  const [time, setTime] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  if (!shop.refreshed_at) return <span className="freshness muted">No data yet</span>;
  return (
    <span
      className="freshness muted"
      title={`Data refreshed ${instantText(shop.refreshed_at, shop.time_zone)}, ${shop.time_zone}`}
    >
      <span className="dot" aria-hidden />
      <span className="wide-only">Updated </span>
      {agoText(shop.refreshed_at, time)}
    </span>
  );
}
