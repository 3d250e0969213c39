import { Link, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Field } from "../components/field.tsx";
import { Refusal } from "../components/refusal.tsx";
import { send } from "../store-api.ts";
import { useAction } from "../use-action.ts";
import { useTitle } from "../use-title.ts";

/** A new password: first the mail is asked for, then its link sets the password. */
export function ResetPage() {
  useTitle("A new password");
  const { token } = useSearch({ strict: false }) as { token?: string };
  return (
    <div className="page narrow">
      <h1>A new password</h1>
      {token === undefined ? <Ask /> : <Choose token={token} />}
    </div>
  );
}

function Ask() {
  const action = useAction();
  const [email, setEmail] = useState("");
  const [isSent, setSent] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await action.run(() => send("POST", "/reset", { email: email.trim() }))) setSent(true);
  };
  if (isSent)
    return (
      <p className="notice" role="status">
        If {email} has an account here, a mail with a link is on its way. It is good for an hour.
      </p>
    );
  return (
    <form className="form card" onSubmit={(event) => void submit(event)}>
      <Field label="E-mail address" type="email" autoComplete="email" required value={email} onChange={setEmail} />
      <Refusal error={action.error} />
      <button type="submit" className="button primary wide" disabled={action.isBusy}>
        Send me a link
      </button>
    </form>
  );
}

function Choose({ token }: { token: string }) {
  const action = useAction();
  const [password, setPassword] = useState("");
  const [isDone, setDone] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await action.run(() => send("POST", "/reset/confirm", { token, password }))) setDone(true);
  };
  if (isDone)
    return (
      <p className="notice notice-good" role="status">
        Your new password is set, and every browser is signed out. <Link to="/sign-in">Sign in</Link>
      </p>
    );
  return (
    <form className="form card" onSubmit={(event) => void submit(event)}>
      <Field
        label="New password"
        type="password"
        autoComplete="new-password"
        required
        minLength={10}
        maxLength={200}
        hint="At least 10 letters; a few words are good."
        value={password}
        onChange={setPassword}
      />
      <Refusal error={action.error} />
      <button type="submit" className="button primary wide" disabled={action.isBusy}>
        Set the password
      </button>
    </form>
  );
}
