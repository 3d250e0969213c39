import "../styles/kept.css";
import { SideDrawer } from "../components/side-drawer.tsx";
import { dayText, instantText } from "../format-dates.ts";
import { isAnalyst, useChange } from "../kept/use-kept.ts";
import { useCatalogue } from "../own/use-catalogue.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { AlertForm } from "./alert-form.tsx";
import { alertWords } from "./alert-words.ts";
import { type Firing, useAlerts, useFirings } from "./use-alerts.ts";

const sendingWords: Readonly<Record<Firing["last_action"], string>> = {
  fired: "not sent yet",
  failed: "could not be checked",
  delivered: "sent",
  delivery_failed: "not taken yet",
  given_up: "given up",
};

function Fired({ isSent }: { isSent: boolean }) {
  const { shop } = useWorkspace();
  const firings = useFirings();
  const rows = firings.data?.rows ?? [];
  const sending = ({ last_action, attempt_count, last_message }: Firing): string => {
    if (attempt_count === 0 && (!isSent || last_action === "failed")) return "";
    const attempts = attempt_count > 1 ? `, ${attempt_count} attempts` : "";
    const why = last_action === "delivery_failed" || last_action === "given_up" ? `: ${last_message}` : "";
    return `; ${sendingWords[last_action]}${attempts}${why}`;
  };
  return (
    <section className="kept-part" aria-labelledby="alerts-fired">
      <h3 id="alerts-fired">Fired</h3>
      {firings.isSuccess && rows.length === 0 ? <p className="muted small">Nothing has fired yet.</p> : null}
      <ul className="kept-list">
        {rows.slice(0, 30).map((row) => (
          <li key={`${row.alert_id}-${row.alert_version}-${row.day_on}`}>
            <span>{row.message}</span>
            <span className="muted small">
              {dayText(row.day_on)}, noticed {instantText(row.fired_at, shop.time_zone)}
              {sending(row)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What fired, the alerts there are, and the form for a new one. */
export function AlertsDrawer({ onClose }: { onClose: () => void }) {
  const { session, format } = useWorkspace();
  const alerts = useAlerts();
  const catalogue = useCatalogue();
  const change = useChange("alerts", "alert-log");
  const rows = alerts.data?.rows ?? [];
  const mayChange = isAnalyst(session);
  return (
    <SideDrawer onClose={onClose} size="md" title="Alerts">
      <Fired isSent={alerts.data?.is_sent ?? false} />
      <section className="kept-part" aria-labelledby="alerts-all">
        <h3 id="alerts-all">Rules</h3>
        <p className="muted small">
          Checked whenever the data change, on the last day that is whole; each fires once a day.{" "}
          {alerts.data?.is_sent
            ? "What fires is sent to this shop's webhook too."
            : "To send what fires, set alerts.webhook_url in cartwright.json."}
        </p>
        <ul className="kept-list">
          {rows.map((alert) => (
            <li key={alert.id}>
              <strong className="kept-title">{alert.title}</strong>
              <span className="muted small">
                {alertWords(
                  alert,
                  catalogue.find(({ name }) => name === alert.analysis),
                  format,
                )}
                , by {alert.made_by}
              </span>
              {mayChange ? (
                <span className="kept-actions">
                  <button
                    type="button"
                    className="link-button"
                    aria-label={`Delete ${alert.title}`}
                    onClick={() => void change("DELETE", `/alerts/${alert.id}`)}
                  >
                    Delete
                  </button>
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      </section>
      {mayChange ? (
        <section className="kept-part" aria-labelledby="alerts-new">
          <h3 id="alerts-new">New alert</h3>
          <AlertForm />
        </section>
      ) : null}
    </SideDrawer>
  );
}
