import "../styles/bell.css";
import { IconBell } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { addDays } from "../format-dates.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { firingNow, useFirings } from "./use-alerts.ts";

const AlertsDrawer = lazy(() => import("./alerts-drawer.tsx").then((module) => ({ default: module.AlertsDrawer })));

/** The bell: how many alerts fired on the last days of the data, and the way to all of them. */
export function Bell() {
  const { shop } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const rows = useFirings().data?.rows ?? [];
  const count = firingNow(rows, shop.last_day, addDays(shop.last_day ?? "1970-01-01", -1)).length;
  const words = count === 0 ? "Alerts" : `Alerts, ${count} fired`;
  return (
    <>
      <button type="button" className="icon-button bell" aria-label={words} title={words} onClick={() => setOpen(true)}>
        <IconBell size={18} stroke={1.5} aria-hidden />
        {count > 0 ? (
          <span className="bell-count" aria-hidden>
            {count > 9 ? "9+" : count}
          </span>
        ) : null}
      </button>
      {isOpen ? (
        <Suspense fallback={null}>
          <AlertsDrawer onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
