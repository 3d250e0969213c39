/** What a page is told of its session. */
import type { Shopper, ShopperSession } from "./shopper-session.ts";

export const sessionAnswer = (shopper: Shopper | null, session: ShopperSession) => ({
  shopper,
  csrf_token: session.csrfToken,
  /** Whether steps may be logged; null while the shopper has not said. */
  has_consent: session.consent,
});
