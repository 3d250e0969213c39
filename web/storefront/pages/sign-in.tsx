import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Field } from "../components/field.tsx";
import { Refusal } from "../components/refusal.tsx";
import { ownAddress } from "../own-address.ts";
import { send } from "../store-api.ts";
import { useAction } from "../use-action.ts";
import { useShop } from "../use-shop.tsx";
import { useTitle } from "../use-title.ts";

/** Sign in; what a guest has put into the cart comes along. */
export function SignInPage() {
  useTitle("Sign in");
  const { next } = useSearch({ strict: false }) as { next?: string };
  const { refresh } = useShop();
  const navigate = useNavigate();
  const action = useAction();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void action.run(async () => {
      await send("POST", "/sign-in", { email: email.trim(), password });
      await refresh();
      await navigate({ to: ownAddress(next) });
    });
  };
  return (
    <div className="page narrow">
      <h1>Sign in</h1>
      <form className="form card" onSubmit={submit}>
        <Field label="E-mail address" type="email" autoComplete="email" required value={email} onChange={setEmail} />
        <Field
          label="Password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={setPassword}
        />
        <Refusal
          error={action.error}
          words={{
            sign_in_refused:
              "No account has this e-mail address with this password. Check both, or set a new password.",
          }}
        />
        <button type="submit" className="button primary wide" disabled={action.isBusy}>
          Sign in
        </button>
      </form>
      <p>
        <Link to="/reset">Forgotten the password?</Link>
      </p>
      <p>
        New here?{" "}
        <Link to="/sign-up" search={next ? { next } : {}}>
          Open an account
        </Link>
        . You can also order without one.
      </p>
    </div>
  );
}
