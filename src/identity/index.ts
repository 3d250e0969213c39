/** Who is one person: what ties customer ids, and manual entries that say otherwise. */
export { decide, type IdentityEntry, listEntries, type Pair, undoEntry, writeEntry } from "./journal.ts";
export { type PersonGraph, type PersonLink, personGraph } from "./person-graph.ts";
