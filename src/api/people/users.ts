/**
 * People who use this workspace, in its `users.json`: made by an invitation, whose link works once and lets the person
 * choose a password. Links and passwords are kept as hashes.
 */
import { randomBytes } from "node:crypto";
import { type Clock, isoNow } from "../../clock.ts";
import { CartwrightError } from "../../errors.ts";
import { LastUses } from "../last-uses.ts";
import type { Principal, Role } from "../role.ts";
import { hashOf, isSameHash, SecretFile } from "../secret-file.ts";
import type { NewUser } from "./user-request.ts";

interface Invitation {
  readonly hash: string;
  /** Milliseconds since 1970, UTC. */
  readonly expires_at: number;
}

/** An account at a provider of single sign-on; issuer and subject together name one person for ever. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

export interface User extends Principal {
  readonly id: string;
  /** Lower case; no two users have the same. */
  readonly email: string;
  /** Null until a password has been chosen. */
  readonly password_hash: string | null;
  readonly is_disabled: boolean;
  /** Counts changes of role, password and state: a sign-in of another stage has ended. */
  readonly stage: number;
  readonly created_at: string;
  readonly created_by: string;
  /** A link to choose a password, until it is used. */
  readonly invitation: Invitation | null;
  /** Accounts that sign the user in, one of an issuer; none before the first sign-in by it. */
  readonly identities?: readonly Identity[];
}

/** What a list shows of a user. */
export interface ListedUser extends Principal {
  readonly id: string;
  readonly email: string;
  readonly state: "invited" | "active" | "disabled";
  readonly created_at: string;
  readonly created_by: string;
  /** Null when no link waits. */
  readonly link_expires_at: string | null;
  /** To the minute; null before the first. */
  readonly last_sign_in_at: string | null;
}

interface Stored {
  readonly users: readonly User[];
}

/** A link that was just made; its secret is given once. */
export interface MadeLink {
  readonly user: User;
  readonly secret: string;
  readonly expires_at: string;
}

/** How long a link to choose a password works. */
export const linkHours = 72;

const linkMs = linkHours * 3_600_000;
const isSame = (left: Identity, right: Identity): boolean =>
  left.issuer === right.issuer && left.subject === right.subject;
const stateOf = ({ is_disabled, password_hash, identities = [] }: User): ListedUser["state"] => {
  if (is_disabled) return "disabled";
  return password_hash === null && identities.length === 0 ? "invited" : "active";
};
const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

export class Users {
  readonly #file: SecretFile<Stored>;
  readonly #signIns: LastUses;
  readonly #clock: Clock;

  constructor(workspaceFolder: string, clock: Clock) {
    this.#file = new SecretFile<Stored>(workspaceFolder, "users.json", { users: [] });
    this.#signIns = new LastUses(workspaceFolder, "sign-ins.json", clock);
    this.#clock = clock;
  }

  get #users(): readonly User[] {
    return this.#file.read().users;
  }

  /** Whether anyone can sign in with a password. */
  get hasPasswords(): boolean {
    return this.#users.some(({ password_hash }) => password_hash !== null);
  }

  /** The user of an id; null when there is none. */
  byId(id: string): User | null {
    return this.#users.find((user) => user.id === id) ?? null;
  }

  /** The user of an e-mail address; null when there is none. */
  byEmail(email: string): User | null {
    return this.#users.find((user) => same(user.email, email.trim())) ?? null;
  }

  /** The user whom an account at a provider signs in; null when there is none. */
  byIdentity(identity: Identity): User | null {
    return this.#users.find(({ identities }) => identities?.some((one) => isSame(one, identity))) ?? null;
  }

  /** The user of an id or e-mail address. @throws not_found */
  find(idOrEmail: string): User {
    const found = this.byId(idOrEmail) ?? this.byEmail(idOrEmail);
    if (found) return found;
    throw new CartwrightError("not_found", `there is no user ${idOrEmail}`);
  }

  list(): readonly ListedUser[] {
    const now = this.#clock.now();
    return this.#users.map((user) => ({
      id: user.id,
      name: user.name,
      email: user.email,
      role: user.role,
      state: stateOf(user),
      created_at: user.created_at,
      created_by: user.created_by,
      link_expires_at:
        user.invitation && user.invitation.expires_at > now ? new Date(user.invitation.expires_at).toISOString() : null,
      last_sign_in_at: this.#signIns.of(user.id),
    }));
  }

  /** A new user with a link to choose a password. @throws user_exists */
  invite({ name, email, role }: NewUser, createdBy: string): MadeLink {
    const { secret, invitation } = this.#newLink();
    const user = { ...this.#newUser({ name, email, role }, createdBy), invitation };
    this.#file.change(({ users }) => {
      const taken = users.find((one) => same(one.email, email) || same(one.name, name));
      if (taken)
        throw new CartwrightError("user_exists", `${taken.name} has this name or e-mail address`, { id: taken.id });
      return { users: [...users, user] };
    });
    return { user, secret, expires_at: new Date(invitation.expires_at).toISOString() };
  }

  #newUser({ name, email, role }: NewUser, createdBy: string): User {
    return {
      id: randomBytes(4).toString("hex"),
      name,
      email: email.toLowerCase(),
      role,
      password_hash: null,
      is_disabled: false,
      stage: 0,
      created_at: isoNow(this.#clock),
      created_by: createdBy,
      invitation: null,
    };
  }

  /** A new user whom an account signs in, with a number behind a name that is taken; null when account or address is. */
  join(asked: NewUser, identity: Identity, createdBy: string): User | null {
    const outcome: { made: User | null } = { made: null };
    this.#file.change((stored) => {
      const { users } = stored;
      const isTaken = users.some(
        (one) => same(one.email, asked.email) || one.identities?.some((known) => isSame(known, identity)),
      );
      if (isTaken) return stored;
      const isFree = (name: string): boolean => !users.some((one) => same(one.name, name));
      const further = Array.from({ length: users.length + 1 }, (_, at) => `${asked.name} ${at + 2}`);
      const name = [asked.name, ...further].find(isFree) ?? asked.name;
      outcome.made = { ...this.#newUser({ ...asked, name }, createdBy), identities: [identity] };
      return { users: [...users, outcome.made] };
    });
    return outcome.made;
  }

  /**
   * From now on an account signs the user in, and a waiting link has ended; null when the user is disabled, or account or
   * user are bound already.
   */
  bind(id: string, identity: Identity): User | null {
    const outcome: { bound: User | null } = { bound: null };
    this.#file.change((stored) => {
      const user = stored.users.find((one) => one.id === id);
      const isElse = user?.identities?.some(({ issuer }) => issuer === identity.issuer);
      const isTaken = stored.users.some((one) => one.identities?.some((known) => isSame(known, identity)));
      if (!user || user.is_disabled || isElse || isTaken) return stored;
      const bound = { ...user, invitation: null, identities: [...(user.identities ?? []), identity] };
      outcome.bound = bound;
      return { users: stored.users.map((one) => (one === user ? bound : one)) };
    });
    return outcome.bound;
  }

  /** No account signs the user in any more, and the user's sign-ins end; the next by the verified address binds anew. @throws not_found */
  unbind(idOrEmail: string): User {
    return this.#change(idOrEmail, ({ stage }) => ({ identities: [], stage: stage + 1 }));
  }

  /**
   * A new link to choose a password, for who lost the first or forgot the password; the one before ends.
   *
   * @throws not_found, user_disabled
   */
  renewLink(idOrEmail: string): MadeLink {
    const { secret, invitation } = this.#newLink();
    const user = this.#change(idOrEmail, ({ id, name, is_disabled }) => {
      if (is_disabled) throw new CartwrightError("user_disabled", `${name} is disabled`, { id });
      return { invitation };
    });
    return { user, secret, expires_at: new Date(invitation.expires_at).toISOString() };
  }

  #newLink(): { readonly secret: string; readonly invitation: Invitation } {
    const secret = randomBytes(32).toString("base64url");
    return { secret, invitation: { hash: hashOf(secret), expires_at: this.#clock.now() + linkMs } };
  }

  /** Who may choose a password with a link; null when it is unknown, used or too old, or its user disabled. */
  ofLink(secret: string, users: readonly User[] = this.#users): User | null {
    const hash = hashOf(secret);
    const found = users.find(({ invitation }) => invitation && isSameHash(invitation.hash, hash));
    const isGood = found?.invitation && found.invitation.expires_at > this.#clock.now() && !found.is_disabled;
    return isGood ? found : null;
  }

  /** Uses up a link: its user has this password from now on; null as for `ofLink`. */
  takeLink(secret: string, passwordHash: string): User | null {
    const outcome: { id?: string } = {};
    const { users } = this.#file.change((stored) => {
      const found = this.ofLink(secret, stored.users);
      if (!found) return stored;
      outcome.id = found.id;
      const taken = { ...found, password_hash: passwordHash, invitation: null, stage: found.stage + 1 };
      return { users: stored.users.map((one) => (one === found ? taken : one)) };
    });
    return users.find(({ id }) => id === outcome.id) ?? null;
  }

  /** @throws not_found */
  setPassword(id: string, passwordHash: string): User {
    return this.#change(id, ({ stage }) => ({ password_hash: passwordHash, invitation: null, stage: stage + 1 }));
  }

  /** A change ends the user's sign-ins. @throws not_found */
  setRole(idOrEmail: string, role: Role): User {
    return this.#change(idOrEmail, (user) => (user.role === role ? {} : { role, stage: user.stage + 1 }));
  }

  /** A disabled user has no sign-in and no link, and gets none before being enabled. @throws not_found */
  setDisabled(idOrEmail: string, isDisabled: boolean): User {
    return this.#change(idOrEmail, (user) =>
      user.is_disabled === isDisabled
        ? {}
        : { is_disabled: isDisabled, stage: user.stage + 1, ...(isDisabled ? { invitation: null } : {}) },
    );
  }

  noteSignIn(id: string): void {
    this.#signIns.note(
      id,
      this.#users.map((user) => user.id),
    );
  }

  #change(idOrEmail: string, changed: (user: User) => Partial<User>): User {
    const { id } = this.find(idOrEmail);
    this.#file.change(({ users }) => ({
      users: users.map((user) => (user.id === id ? { ...user, ...changed(user) } : user)),
    }));
    return this.find(id);
  }
}
