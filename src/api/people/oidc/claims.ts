/** What a provider says about a person. */
import type { OidcSettings } from "../../../config.ts";
import { mayAct, type Role } from "../../role.ts";

export type Claims = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Claims => typeof value === "object" && value !== null;

/** A claim by its name, or by the names that lead to it with points between, as in `realm_access.roles`; undefined when there is none. */
export function at(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  const steps = name.split(".");
  return steps.reduce<unknown>(
    (value, step) => (isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined),
    claims,
  );
}

const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

/** The e-mail address, lower case; null unless the provider says that it is the person's. */
export function verifiedEmail(claims: Claims, { verified_claim }: OidcSettings): string | null {
  const email = textOf(claims.email).toLowerCase();
  return at(claims, verified_claim) === true && /^[^@\s\p{Cc}]{1,64}@[^@\s\p{Cc}]{1,189}$/u.test(email) ? email : null;
}

/** The highest role that the claim's values give; null when they give none, undefined where no claim decides. */
export function claimedRole(claims: Claims, { role_claim, roles }: OidcSettings): Role | null | undefined {
  if (role_claim === undefined) return undefined;
  const given = [at(claims, role_claim)].flat().filter((value) => typeof value === "string");
  const found = given.flatMap((value) => (Object.hasOwn(roles, value) ? (roles[value] ?? []) : []));
  return found.reduce<Role | null>((highest, role) => (highest && mayAct(highest, role) ? highest : role), null);
}

/** What to call somebody: what the provider does, or the address before its @. */
export function nameOf(claims: Claims, email: string, longest: number): string {
  const local = email.split("@")[0] ?? "";
  const given = [textOf(claims.name), textOf(claims.preferred_username), local];
  const plain = given.map((one) =>
    one
      .slice(0, longest)
      .replace(/[@\p{Cc}\p{Surrogate}]/gu, " ")
      .trim(),
  );
  return plain.find((one) => one !== "") ?? "someone";
}
