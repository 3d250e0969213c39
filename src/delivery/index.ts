/** Between the store and the warehouse: opening a workspace's store, sending what changed, comparing both sides, regular work. */
export { type DeliveryOutcome, deliver } from "./deliver.ts";
export { hasWorkspaceStore, openWorkspaceStore, storeKindOf } from "./open-store.ts";
export { takeStoreTotals } from "./reconcile.ts";
export { type Scheduler, startTasks } from "./scheduler.ts";
export { storeTasks } from "./store-tasks.ts";
export { workspaceMailer } from "./workspace-mailer.ts";
