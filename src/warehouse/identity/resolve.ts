/** Who is one person: decided from the links between customer ids alone, so that the order in which they came does not matter. */

export type LinkKind = "separation" | "merge" | "alias" | "identify" | "email";

/** A reason to take two ids for one person; of a separation, not to. */
export interface Link {
  readonly from: bigint;
  readonly to: bigint;
  readonly kind: LinkKind;
  readonly isFromAccount: boolean;
  readonly isToAccount: boolean;
}

/** Sets of ids that are joined, with the sets that each must stay apart from. */
class People {
  readonly keys: bigint[] = [];
  readonly #placeOf = new Map<bigint, number>();
  readonly #parent: number[] = [];
  readonly #apart = new Map<number, number[]>();
  readonly isAccount: boolean[] = [];
  /** Whether a link says that the id gave way to another one. */
  readonly gaveWay: boolean[] = [];
  readonly #hasAccount: boolean[] = [];

  place(key: bigint, isAccount: boolean): number {
    const known = this.#placeOf.get(key);
    if (known !== undefined) return known;
    const place = this.keys.push(key) - 1;
    this.#placeOf.set(key, place);
    this.#parent.push(place);
    this.isAccount.push(isAccount);
    this.#hasAccount.push(isAccount);
    this.gaveWay.push(false);
    return place;
  }

  find(place: number): number {
    let root = place;
    for (let up = this.#parent[root] ?? root; up !== root; up = this.#parent[root] ?? root) root = up;
    for (let at = place; at !== root; ) {
      const up = this.#parent[at] ?? root;
      this.#parent[at] = root;
      at = up;
    }
    return root;
  }

  hasAccount(place: number): boolean {
    return this.#hasAccount[this.find(place)] ?? false;
  }

  separate(one: number, other: number): void {
    for (const [mine, theirs] of [
      [one, other],
      [other, one],
    ] as const)
      this.#apart.set(mine, [...(this.#apart.get(mine) ?? []), theirs]);
  }

  isApart(one: number, other: number): boolean {
    const [mine, theirs] = [this.find(one), this.find(other)];
    return (this.#apart.get(mine) ?? []).some((place) => this.find(place) === theirs);
  }

  /** Joins two sets unless somebody of one is separated from somebody of the other; returns whether they are one set now. */
  join(one: number, other: number): boolean {
    const [mine, theirs] = [this.find(one), this.find(other)];
    if (mine === theirs) return true;
    if (this.isApart(mine, theirs)) return false;
    this.#parent[mine] = theirs;
    this.#hasAccount[theirs] = (this.#hasAccount[theirs] ?? false) || (this.#hasAccount[mine] ?? false);
    const apart = this.#apart.get(mine);
    if (apart) {
      this.#apart.set(theirs, [...(this.#apart.get(theirs) ?? []), ...apart]);
      this.#apart.delete(mine);
    }
    return true;
  }
}

/** Links that join accounts, or guests among each other; tried in this order, within a kind by their keys. */
const isCertain = ({ kind, isFromAccount, isToAccount }: Link): boolean =>
  kind === "merge" || (kind === "alias" && isFromAccount) || (kind === "email" && !isToAccount);

const order: Readonly<Record<LinkKind, number>> = { separation: 0, merge: 1, alias: 2, identify: 3, email: 4 };

const byKey = (one: bigint, other: bigint): number => (one < other ? -1 : one > other ? 1 : 0);
const byOrder = (one: Link, other: Link): number =>
  order[one.kind] - order[other.kind] || byKey(one.from, other.from) || byKey(one.to, other.to);

/**
 * The person of every id that is counted under another one.
 *
 * First accounts: merges, aliases of accounts, and guests of one address join. Then every set without an account joins the
 * account its links name; where they name several people it is shared (a family's tablet, a till's address) and stays on its own.
 * A separation forbids each join that would bring the two together, and a link to somebody it is separated from names nobody.
 * All are counted under an account before any other id, under an id that gave way to no other, then under the smallest key.
 *
 * @param links every link of the components that they make; cost: n log n
 * @returns the person's key by the id's key, without ids that stand for themselves
 */
export function resolvePeople(links: readonly Link[]): ReadonlyMap<bigint, bigint> {
  const people = new People();
  const sorted = [...links].sort(byOrder).map((link) => ({
    link,
    from: people.place(link.from, link.isFromAccount),
    to: people.place(link.to, link.isToAccount),
  }));
  const open: typeof sorted = [];
  for (const one of sorted) {
    const { link, from, to } = one;
    if (link.kind === "separation") people.separate(from, to);
    else if (!isCertain(link)) open.push(one);
    else if (people.join(from, to) && link.kind !== "email") people.gaveWay[from] = true;
  }
  attach(people, open);
  return representatives(people);
}

/** Gives sets without an account to the one person their links name. */
function attach(people: People, open: readonly { readonly link: Link; readonly from: number; readonly to: number }[]) {
  const targetsOf = new Map<number, { first: bigint; to: number[] }>();
  for (const { link, from, to } of open) {
    if (people.hasAccount(from)) continue;
    const set = people.find(from);
    const known = targetsOf.get(set);
    if (!known) targetsOf.set(set, { first: link.from, to: [to] });
    else {
      known.to.push(to);
      if (link.from < known.first) known.first = link.from;
    }
  }
  for (const [set, { to }] of [...targetsOf].sort(([, one], [, other]) => byKey(one.first, other.first))) {
    const named = new Set(to.filter((place) => !people.isApart(set, place)).map((place) => people.find(place)));
    const [person] = named;
    if (named.size === 1 && person !== undefined) people.join(set, person);
  }
}

function representatives(people: People): ReadonlyMap<bigint, bigint> {
  const { keys, isAccount, gaveWay } = people;
  const rank = (place: number): number => (isAccount[place] ? 0 : 2) + (gaveWay[place] ? 1 : 0);
  const chosen = new Map<number, number>();
  for (const [place, key] of keys.entries()) {
    const set = people.find(place);
    const best = chosen.get(set);
    if (best === undefined || rank(place) - rank(best) < 0 || (rank(place) === rank(best) && key < (keys[best] ?? key)))
      chosen.set(set, place);
  }
  const persons = new Map<bigint, bigint>();
  for (const [place, key] of keys.entries()) {
    const person = keys[chosen.get(people.find(place)) ?? place] ?? key;
    if (person !== key) persons.set(key, person);
  }
  return persons;
}
