import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { Refusal } from "../components/refusal.tsx";
import { send } from "../store-api.ts";
import { useAction } from "../use-action.ts";
import { useShop } from "../use-shop.tsx";
import { useTitle } from "../use-title.ts";
import { counted } from "../words.ts";

interface Verified {
  readonly email: string;
  readonly claimed_order_count: number;
}

/** Where the link of the mail leads; a click confirms, so that a mail scanner that opens links does not. */
export function VerifyPage() {
  useTitle("Confirm your address");
  const { token = "" } = useSearch({ strict: false }) as { token?: string };
  const { refresh, session } = useShop();
  const action = useAction();
  const [done, setDone] = useState<Verified | null>(null);
  const confirm = (): void =>
    void action.run(async () => {
      setDone(await send<Verified>("POST", "/verify", { token }));
      await refresh();
    });
  return (
    <div className="page narrow">
      <h1>Confirm your address</h1>
      {done ? (
        <div className="notice notice-good" role="status">
          <p>{done.email} is confirmed.</p>
          {done.claimed_order_count > 0 ? (
            <p>{counted(done.claimed_order_count, "order")} you placed without an account now belong to it.</p>
          ) : null}
          <Link to={session.shopper ? "/profile" : "/sign-in"}>{session.shopper ? "To your account" : "Sign in"}</Link>
        </div>
      ) : (
        <div className="form card">
          <p>{token === "" ? "Open the link of the mail we sent you." : "Confirm that this mail reached you."}</p>
          <Refusal error={action.error} />
          <button type="button" className="button primary" disabled={action.isBusy || token === ""} onClick={confirm}>
            Confirm
          </button>
        </div>
      )}
    </div>
  );
}
