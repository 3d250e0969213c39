/**
 * Who is signed in, in the workspace's `sessions.json`. The cookie of a browser holds a secret of which this file has the
 * hash: a session that is not here has ended, whatever the cookie says.
 */
import { randomBytes } from "node:crypto";
import { type Clock, isoNow } from "../../clock.ts";
import { CartwrightError } from "../../errors.ts";
import { LastUses } from "../last-uses.ts";
import type { Principal } from "../role.ts";
import { hashOf, SecretFile } from "../secret-file.ts";
import type { User, Users } from "./users.ts";

/** What signed somebody in. */
export type SignedInWith = "link" | "password" | "provider";

interface Session extends Principal {
  readonly id: string;
  readonly hash: string;
  /** Null for who came by a sign-in link of the command line. */
  readonly user_id: string | null;
  /** Not there in sessions of earlier versions, where users had passwords alone. */
  readonly signed_in_with?: SignedInWith;
  /** The user's stage when the session began. */
  readonly stage: number;
  readonly started_at: string;
  /** What the browser calls itself. */
  readonly user_agent: string;
  /** Milliseconds since 1970, UTC. */
  readonly expires_at: number;
}

/** What a list shows of a session. */
export interface ListedSession extends Principal {
  readonly id: string;
  readonly user_id: string | null;
  readonly signed_in_with: SignedInWith;
  readonly started_at: string;
  /** To the minute. */
  readonly last_seen_at: string;
  readonly user_agent: string;
}

/** Who a session signs in. */
export type AcceptedSession = Pick<Session, "id" | "user_id" | "name" | "role">;

interface Stored {
  readonly sessions: readonly Session[];
}

/** How long a browser stays signed in. */
export const sessionSeconds = 30 * 24 * 3600;
const longestUserAgent = 200;
/** Of one user, or of one name that links are made for; the oldest ends when another begins. */
const mostOfOne = 50;

/** What signs somebody in unless it is said. */
const usualWay = (userId: string | null): SignedInWith => (userId === null ? "link" : "password");

const ownerOf = ({ user_id, name }: Pick<Session, "user_id" | "name">): string =>
  user_id === null ? `link ${name}` : user_id;

export class Sessions {
  readonly #file: SecretFile<Stored>;
  readonly #seen: LastUses;
  readonly #users: Users;
  readonly #clock: Clock;

  constructor(workspaceFolder: string, users: Users, clock: Clock) {
    this.#file = new SecretFile<Stored>(workspaceFolder, "sessions.json", { sessions: [] });
    this.#seen = new LastUses(workspaceFolder, "session-uses.json", clock);
    this.#users = users;
    this.#clock = clock;
  }

  /** Signs a browser in as a user, or as whom a link names; returns the secret for its cookie. */
  start(who: User | Principal, userAgent: string, by?: SignedInWith): string {
    const userId = "id" in who ? who.id : null;
    const secret = randomBytes(32).toString("base64url");
    const session: Session = {
      id: randomBytes(4).toString("hex"),
      hash: hashOf(secret),
      name: who.name,
      role: who.role,
      user_id: userId,
      signed_in_with: by ?? usualWay(userId),
      stage: "id" in who ? who.stage : 0,
      started_at: isoNow(this.#clock),
      user_agent: userAgent.slice(0, longestUserAgent),
      expires_at: this.#clock.now() + sessionSeconds * 1000,
    };
    this.#file.change(({ sessions }) => {
      const going = sessions.filter((one) => this.#current(one) !== null);
      const spent = going.filter((one) => ownerOf(one) === ownerOf(session)).slice(0, -(mostOfOne - 1));
      return { sessions: [...going.filter((one) => !spent.includes(one)), session] };
    });
    return secret;
  }

  /** The session as its user is now; null when it has ended: by time, or with a change of the user's role, password or state. */
  #current(session: Session): Session | null {
    if (session.expires_at <= this.#clock.now()) return null;
    if (session.user_id === null) return session;
    const user = this.#users.byId(session.user_id);
    if (!user || user.is_disabled || user.stage !== session.stage) return null;
    return { ...session, name: user.name, role: user.role };
  }

  get #going(): readonly Session[] {
    return this.#file.read().sessions.flatMap((session) => this.#current(session) ?? []);
  }

  /** Who a cookie's secret signs in, noted as seen; null when the session is unknown or has ended. */
  accept(secret: string): AcceptedSession | null {
    const { sessions } = this.#file.read();
    const hash = hashOf(secret);
    const found = sessions.find((one) => one.hash === hash);
    const session = found ? this.#current(found) : null;
    if (session)
      this.#seen.note(
        session.id,
        sessions.map(({ id }) => id),
      );
    return session;
  }

  /** Sessions that go on, latest first. */
  list(): readonly ListedSession[] {
    return this.#going
      .map(({ id, user_id, signed_in_with, name, role, started_at, user_agent }) => ({
        id,
        user_id,
        signed_in_with: signed_in_with ?? usualWay(user_id),
        name,
        role,
        started_at,
        last_seen_at: this.#seen.of(id) ?? started_at,
        user_agent,
      }))
      .reverse();
  }

  /** Ends a session. @throws not_found */
  revoke(id: string): void {
    if (this.#remove((session) => session.id === id) === 0)
      throw new CartwrightError("not_found", `there is no session ${id}`);
  }

  /** Ends every session of a user; returns how many there were. */
  revokeAllOf(userId: string): number {
    return this.#remove((session) => session.user_id === userId);
  }

  /** Ends the session of a cookie's secret, if it goes on. */
  end(secret: string): void {
    const hash = hashOf(secret);
    this.#remove((session) => session.hash === hash);
  }

  #remove(isMeant: (session: Session) => boolean): number {
    const meant = this.#going.filter(isMeant).map(({ id }) => id);
    if (meant.length > 0)
      this.#file.change(({ sessions }) => ({ sessions: sessions.filter(({ id }) => !meant.includes(id)) }));
    return meant.length;
  }
}
