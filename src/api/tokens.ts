/** API tokens: what is kept of one, what may be asked for, and whether one still works. */
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import { parsed } from "./parsed.ts";
import { type Principal, roles } from "./role.ts";
import { type Scope, scopes } from "./scopes.ts";

export interface Token extends Principal {
  readonly id: string;
  readonly hash: string;
  /** ISO 8601, UTC. */
  readonly created_at: string;
  /** Who made it; absent for one that was made on the command line. */
  readonly created_by?: string;
  /** Milliseconds since 1970, UTC; a token without one works until it is revoked. */
  readonly expires_at?: number;
  /** What the token is narrowed to; one without scopes may do all that its role may. */
  readonly scopes?: readonly Scope[];
}

/** What a list shows of a token; `scopes` is empty and the instants are null where there are none. */
export interface ListedToken extends Principal {
  readonly id: string;
  readonly scopes: readonly Scope[];
  readonly created_at: string;
  readonly created_by: string | null;
  readonly expires_at: string | null;
  /** To the minute. */
  readonly last_used_at: string | null;
}

const dayMs = 86_400_000;
/** Limits of what may be asked for. */
export const longestName = 80;
export const mostDays = 3650;

const nameRule = `must be a text of 1 to ${longestName} characters`;
const daysRule = `must be a whole number of days from 1 to ${mostDays}`;
const given = z.strictObject({
  name: z.string({ error: nameRule }).trim().min(1, nameRule).max(longestName, nameRule),
  role: z.enum(roles, { error: `must be one of ${roles.join(", ")}` }).default("viewer"),
  scopes: z.array(z.enum(scopes, { error: `must be among ${scopes.join(", ")}` })).default([]),
  expires_days: z.int({ error: daysRule }).min(1, daysRule).max(mostDays, daysRule).optional(),
});

/** What a token is to be: for what, its role, its scopes (none: not narrowed) and the days it works (none: until revoked). */
export type TokenRequest = z.infer<typeof given>;

/** Checks what was asked for. @throws invalid_parameter naming field and limit */
export const parseTokenRequest = (body: unknown): TokenRequest => parsed(given, body, "", " ");

/** The instant at which a token of so many days ends. */
export const endOf = (clock: Clock, days: number): number => clock.now() + days * dayMs;

/** Whether the token's time is over. */
export const isExpired = ({ expires_at }: Token, clock: Clock): boolean =>
  expires_at !== undefined && expires_at <= clock.now();

/**
 * What a token makes ends with it at the latest.
 *
 * @param end  of the token that asks; undefined for a token without one and for who is signed in
 * @param made  end of what is to be made; undefined when it has none
 * @throws outlives_token
 */
export function mustNotOutlive(end: number | undefined, made?: number): void {
  if (end === undefined || (made !== undefined && made <= end)) return;
  throw new CartwrightError(
    "outlives_token",
    `the token that asks ends at ${new Date(end).toISOString()}, ${made === undefined ? "what is to be made has no end" : `what is to be made at ${new Date(made).toISOString()}`}`,
  );
}
