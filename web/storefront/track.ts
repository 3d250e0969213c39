/** What only the page sees, told to the store's event log: for shoppers who have agreed, and for no one else. */
import type { Session } from "./shop-types.ts";
import { send } from "./store-api.ts";
import { visitId } from "./visit.ts";

interface Seen {
  readonly article_id?: number;
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

/** Logs one step. A shop works the same when its log does not. */
export function track(session: Session, step: "view" | "click" | "search" | "checkout_start", seen: Seen = {}): void {
  if (session.has_consent !== true) return;
  void send("POST", "/events", { event_type: step, session_id: visitId(), ...seen }).catch(() => {});
}
