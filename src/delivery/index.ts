/** Between the store and the warehouse: opening a workspace's store, sending what changed, comparing both sides. */
export { type DeliveryOutcome, deliver } from "./deliver.ts";
export { openWorkspaceStore } from "./open-store.ts";
export { takeStoreTotals } from "./reconcile.ts";
