import { useEffect, useState } from "react";
import type { CartLine } from "../shop-types.ts";
import { useAction } from "../use-action.ts";
import { useCart } from "../use-cart.ts";
import { Refusal } from "./refusal.tsx";

const clockText = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** How long the cart's articles are kept; when it is over, one click keeps them again. */
export function ReservationTimer({ lines }: { lines: readonly CartLine[] }) {
  const { set } = useCart();
  const action = useAction();
  const ends = lines.map((line) => (line.kept_until === null ? 0 : Date.parse(line.kept_until)));
  const until = Math.min(...ends);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const left = Math.max(0, Math.ceil((until - now) / 1000));
  const first = lines.find((line) => line.is_available);
  if (left > 0)
    return (
      <p className="timer">
        Kept for you for <span className="figure">{clockText(left)}</span> more
        {left <= 60 ? <span role="status">. After that others can buy them.</span> : null}
      </p>
    );
  return (
    <div className="timer timer-over">
      <p role="status">The time your articles were kept for is over. Others can buy them now.</p>
      {first ? (
        <button
          type="button"
          className="button"
          disabled={action.isBusy}
          onClick={() => void action.run(() => set(first.article_id, first.quantity))}
        >
          Keep them again
        </button>
      ) : null}
      <Refusal error={action.error} words={{ store_refused: "Not everything is left. Lower the units." }} />
    </div>
  );
}
