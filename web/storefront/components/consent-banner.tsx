import { useAction } from "../use-action.ts";
import { useShop } from "../use-shop.tsx";
import { Refusal } from "./refusal.tsx";

/** Asks once whether steps may be logged; both answers are one click and look alike. */
export function ConsentBanner() {
  const { session, shop, giveConsent } = useShop();
  const action = useAction();
  if (session.has_consent !== null) return null;
  const answer = (isGiven: boolean) => () => void action.run(() => giveConsent(isGiven));
  return (
    <section className="consent" aria-label="Your consent">
      <p>
        May {shop.name} log what you look at, search for and put into your cart, to see what people like and suggest
        better? It stays on this shop's own server. Without it, everything works the same.
      </p>
      <div className="consent-answers">
        <button type="button" className="button" disabled={action.isBusy} onClick={answer(false)}>
          No
        </button>
        <button type="button" className="button" disabled={action.isBusy} onClick={answer(true)}>
          Yes, log my steps
        </button>
      </div>
      <Refusal error={action.error} />
    </section>
  );
}
