/**
 * Who is who by brute force: sets of ids in plain arrays, every rule as the manual words it, everything from the beginning each time.
 * It shares no code with the product.
 */
/** @typedef {import("./identity-history.mjs").Told} Told */
/** @typedef {import("./identity-history.mjs").Entry} Entry */
/** @typedef {import("./identity-history.mjs").File} File */
/** @typedef {[number, number]} Pair */

/** Entries in force: of two customers the last one that is not undone. @param {readonly Entry[]} entries */
function inForce(entries) {
  const undone = new Set(entries.map((entry) => entry.undone));
  /** @type {Map<string, Entry>} */
  const last = new Map();
  for (const [place, entry] of entries.entries()) {
    if (entry.action === "undo" || undone.has(place + 1)) continue;
    last.set([entry.first, entry.second].sort((a, b) => a - b).join(" "), entry);
  }
  return [...last.values()];
}

/** The newest of what records tell of each id. @template V @param {readonly (readonly [number, V])[]} told @returns {Map<number, V>} */
const newest = (told) => new Map(told);

const byPair = (/** @type {Pair} */ [a, b], /** @type {Pair} */ [c, d]) => a - c || b - d;

/**
 * The sets of ids that are one person each, of two ids or more.
 * @param {readonly Told[]} told records of live files, oldest first @param {readonly Entry[]} entries
 * @returns {number[][]}
 */
export function peopleOf(told, entries) {
  const accounts = new Set(told.filter((one) => one.anonymous !== one.id).map((one) => one.id));
  const forced = inForce(entries);
  const apart = forced.filter((one) => one.action === "separate");
  const merges = /** @type {Pair[]} */ (
    forced.filter((one) => one.action === "merge").map((one) => [one.second, one.first])
  );
  const aliases = /** @type {Pair[]} */ ([
    ...newest(told.filter((one) => one.previous !== 0).map((one) => /** @type {const} */ ([one.previous, one.id]))),
  ]);
  const signIns = /** @type {Pair[]} */ (
    told.filter((one) => one.anonymous !== 0 && one.anonymous !== one.id).map((one) => [one.anonymous, one.id])
  );
  const emailOf = newest(
    told.filter((one) => one.email !== "").map((one) => /** @type {const} */ ([one.id, one.email])),
  );
  /** @type {Pair[]} */
  const guestsOfAccounts = [];
  /** @type {Pair[]} */
  const guests = [];
  for (const email of new Set(emailOf.values())) {
    const holders = [...emailOf].filter(([, one]) => one === email).map(([id]) => id);
    const known = holders.filter((id) => accounts.has(id));
    const unknown = holders.filter((id) => !accounts.has(id)).sort((a, b) => a - b);
    for (const guest of unknown)
      if (known.length > 0) for (const account of known) guestsOfAccounts.push([guest, account]);
      else if (guest !== unknown[0]) guests.push([guest, unknown[0] ?? 0]);
  }

  /** @type {number[][]} */
  let sets = [];
  const setOf = (/** @type {number} */ id) => sets.find((set) => set.includes(id)) ?? [id];
  const mayJoin = (/** @type {number[]} */ one, /** @type {number[]} */ other) =>
    !apart.some(
      ({ first, second }) =>
        (one.includes(first) && other.includes(second)) || (one.includes(second) && other.includes(first)),
    );
  const join = (/** @type {number} */ a, /** @type {number} */ b) => {
    const [one, other] = [setOf(a), setOf(b)];
    if (one === other || one.includes(b) || !mayJoin(one, other)) return;
    sets = [...sets.filter((set) => set !== one && set !== other), [...one, ...other]];
  };
  for (const [a, b] of merges.sort(byPair)) join(a, b);
  for (const [a, b] of aliases.filter(([from]) => accounts.has(from)).sort(byPair)) join(a, b);
  for (const [a, b] of guests.sort(byPair)) join(a, b);

  const open = [...aliases.filter(([from]) => !accounts.has(from)), ...signIns, ...guestsOfAccounts].sort(byPair);
  /** @type {number[][]} */
  const nameless = [];
  for (const [from] of open) {
    const set = setOf(from);
    if (!set.some((id) => accounts.has(id)) && !nameless.some((one) => one.includes(from))) nameless.push(set);
  }
  for (const set of nameless) {
    const targets = open.filter(([from]) => set.includes(from)).map(([, to]) => setOf(to));
    const allowed = targets.filter((target) => mayJoin(set, target));
    const [first] = allowed;
    const firstId = set[0];
    if (first && firstId !== undefined && allowed.every((target) => target.includes(first[0] ?? 0)))
      join(firstId, first[0] ?? 0);
  }
  return sets;
}

/**
 * What the shop must count.
 * @param {readonly File[]} live files that count, in the order in which they came @param {readonly Entry[]} entries
 */
export function countsOf(live, entries) {
  const sets = peopleOf(
    live.flatMap((file) => file.told),
    entries,
  );
  const personOf = (/** @type {number} */ id) => Math.min(...(sets.find((set) => set.includes(id)) ?? [id]));
  const dayOf = (/** @type {number} */ at) => new Date(at).toISOString().slice(0, 10);
  /** @type {Map<string, Set<number>>} */
  const visitors = new Map();
  /** @type {Map<number, number[]>} */
  const times = new Map();
  for (const { id, at } of live.flatMap((file) => file.visits)) {
    visitors.set(dayOf(at), (visitors.get(dayOf(at)) ?? new Set()).add(personOf(id)));
    times.set(personOf(id), [...(times.get(personOf(id)) ?? []), at]);
  }
  let sessionCount = 0;
  for (const of of times.values()) {
    const sorted = of.sort((a, b) => a - b);
    sessionCount += sorted.filter((at, place) => place === 0 || at - (sorted[place - 1] ?? 0) > 30 * 60_000).length;
  }
  /** @type {Map<number, string[]>} */
  const orders = new Map();
  for (const { id, orderId } of live.flatMap((file) => file.orders))
    orders.set(personOf(id), [...(orders.get(personOf(id)) ?? []), orderId]);
  return {
    visitors: Object.fromEntries([...visitors].map(([day, people]) => [day, people.size]).sort()),
    sessionCount,
    /** Orders of each person, as lists. */
    orders: [...orders.values()].map((ids) => ids.sort().join(" ")).sort(),
  };
}
