/** Whether an e-mail address and a password sign somebody in. */
import type { Credentials } from "../credentials.ts";
import type { Counted } from "./attempts.ts";
import { isPassword } from "./hashing.ts";
import { knownBrowser } from "./known-browser.ts";
import { networkOf } from "./network.ts";
import { passwordForm } from "./password-rules.ts";
import type { User } from "./users.ts";

interface Attempt {
  readonly email: string;
  readonly password: string;
  /** Where the request comes from. */
  readonly address: string;
  /** The cookie of a browser that has been signed in before. */
  readonly browser: string | undefined;
}

export type SignInOutcome =
  | { readonly kind: "in"; readonly user: User }
  /** Unknown, wrong or disabled: the answer does not tell which. `user` is for the log alone. */
  | { readonly kind: "refused"; readonly user: User | null }
  | { readonly kind: "wait"; readonly seconds: number };

/** A browser in which the user has signed in before is counted by itself, any other by what is typed and where it comes from. */
function countedOf(key: Buffer, user: User | null, { email, address, browser }: Attempt): readonly Counted[] {
  const number = user ? knownBrowser(key, user.id, browser) : null;
  if (number !== null) return [{ kind: "browser", value: number }];
  return [
    { kind: "account", value: email.trim().toLowerCase() },
    { kind: "address", value: networkOf(address) },
  ];
}

/** Judges an attempt; it takes as long for an unknown address as for a wrong password. */
export async function judgeSignIn(credentials: Credentials, attempt: Attempt): Promise<SignInOutcome> {
  const { users, attempts } = credentials;
  const user = users.byEmail(attempt.email);
  const counted = countedOf(credentials.sessionKey(), user, attempt);
  const leave = attempts.take(counted);
  if (leave.kind === "wait") return leave;
  const isRight = await isPassword(user?.password_hash ?? null, passwordForm(attempt.password));
  if (!user || !isRight || user.is_disabled) return { kind: "refused", user };
  attempts.giveBack(counted);
  return { kind: "in", user };
}
