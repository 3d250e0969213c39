import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Field } from "../components/field.tsx";
import { MailConsent } from "../components/mail-consent.tsx";
import { Refusal } from "../components/refusal.tsx";
import { ownAddress } from "../own-address.ts";
import { send } from "../store-api.ts";
import { useAction } from "../use-action.ts";
import { useShop } from "../use-shop.tsx";
import { useTitle } from "../use-title.ts";

/** Open an account; a mail asks to confirm the address. */
export function SignUpPage() {
  useTitle("Open an account");
  const { next } = useSearch({ strict: false }) as { next?: string };
  const { refresh } = useShop();
  const navigate = useNavigate();
  const action = useAction();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [acceptsMail, setAcceptsMail] = useState(false);
  const isShort = password !== "" && password.length < 10;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void action.run(async () => {
      await send("POST", "/sign-up", { email: email.trim(), name: name.trim(), password, accepts_mail: acceptsMail });
      await refresh();
      await navigate({ to: ownAddress(next) });
    });
  };
  return (
    <div className="page narrow">
      <h1>Open an account</h1>
      <p className="muted">
        It keeps your orders, addresses, wishlist and points. A mail will ask you to confirm your address.
      </p>
      <form className="form card" onSubmit={submit}>
        <Field label="Name" autoComplete="name" required={false} maxLength={200} value={name} onChange={setName} />
        <Field
          label="E-mail address"
          type="email"
          autoComplete="email"
          required
          maxLength={254}
          value={email}
          onChange={setEmail}
        />
        <Field
          label="Password"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={200}
          hint="At least 10 letters; a few words are good."
          problem={isShort ? `${10 - password.length} more, please.` : null}
          value={password}
          onChange={setPassword}
        />
        <MailConsent isNew value={acceptsMail} onChange={setAcceptsMail} />
        <Refusal
          error={action.error}
          words={{ store_conflict: "This address has an account already. Sign in, or set a new password." }}
        />
        <button type="submit" className="button primary wide" disabled={action.isBusy}>
          Open the account
        </button>
      </form>
      <p>
        You have one? <Link to="/sign-in">Sign in</Link>
      </p>
    </div>
  );
}
