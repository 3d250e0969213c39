/** The tracking plan: what a shop expects to be told, and what is said of each message that comes. */
export { kindOfEvent, nameOnly, type PlanCheck } from "./compile.ts";
export { violationKinds } from "./note.ts";
export { planText, readPlan, type TrackingPlan } from "./plan.ts";
export { loadPlan, PlanFollower, savePlan } from "./plan-file.ts";
export { SeenShapes } from "./seen.ts";
