/** Which user of the workspace somebody is whom the provider vouches for. */
import type { OidcSettings } from "../../../config.ts";
import { longestName } from "../user-request.ts";
import type { User, Users } from "../users.ts";
import { claimedRole, nameOf, verifiedEmail } from "./claims.ts";
import type { Vouched } from "./provider.ts";

export type Admission =
  /** `note` is for the audit log: what this sign-in changed of the user; empty when nothing. */
  | { readonly kind: "in"; readonly user: User; readonly note: string }
  | { readonly kind: "unverified" }
  /** The address is of no domain that may sign in, or the claim gives no role. */
  | { readonly kind: "outside"; readonly email: string; readonly user: User | null }
  /** Unknown, disabled, or another account of the provider's: the answer does not tell which. `user` is for the log alone. */
  | { readonly kind: "nobody"; readonly email: string; readonly user: User | null };

const isAllowed = (email: string, { allowed_domains }: OidcSettings): boolean =>
  allowed_domains?.some((domain) => email.endsWith(`@${domain.toLowerCase()}`)) ?? true;

/**
 * Admits by what is bound to a user, and binds at the first sign-in by the verified address. Who has been bound is never
 * found by address again: an address may be given to somebody else.
 */
export function admit(users: Users, settings: OidcSettings, vouched: Vouched): Admission {
  const { issuer, subject, claims } = vouched;
  const identity = { issuer, subject };
  const email = verifiedEmail(claims, settings);
  if (email === null) return { kind: "unverified" };
  const role = claimedRole(claims, settings);
  const bound = users.byIdentity(identity);
  const found = bound ?? users.byEmail(email);
  if (!isAllowed(email, settings) || role === null) return { kind: "outside", email, user: bound };
  if (!found) {
    if (!settings.create_users) return { kind: "nobody", email, user: null };
    const made = { name: nameOf(claims, email, longestName), email, role: role ?? settings.default_role };
    const user = users.join(made, identity, settings.name);
    return user ? { kind: "in", user, note: `made ${user.id} ${user.role}` } : { kind: "nobody", email, user: null };
  }
  const user = bound ?? users.bind(found.id, identity);
  if (!user || user.is_disabled) return { kind: "nobody", email, user: found };
  if (role === undefined || role === user.role) return { kind: "in", user, note: bound ? "" : "bound" };
  return { kind: "in", user: users.setRole(user.id, role), note: `${bound ? "" : "bound "}role ${role}` };
}
