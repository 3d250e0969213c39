/** Where a workspace keeps its tracking plan: `tracking-plan.json`, which people may edit. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../workspace/replace-file.ts";
import { compilePlan, nameOnly, type PlanCheck } from "./compile.ts";
import { planText, readPlan, type TrackingPlan } from "./plan.ts";

export const planFileName = "tracking-plan.json";
const pathIn = (root: string): string => join(root, planFileName);

/** The plan of a workspace; null when it has none. @throws tracking_plan_invalid */
export function loadPlan(root: string): TrackingPlan | null {
  const path = pathIn(root);
  return existsSync(path) ? readPlan(readFileSync(path, "utf8"), path) : null;
}

/** Puts a plan in place of the one before, whose version it follows. */
export function savePlan(root: string, plan: TrackingPlan): TrackingPlan {
  const before = ((): number => {
    try {
      return loadPlan(root)?.version ?? 0;
    } catch {
      // What stands there is no plan; the new one takes its place all the same.
      return 0;
    }
  })();
  const next = { ...plan, version: Math.max(before, plan.version - 1) + 1 };
  replaceFile(pathIn(root), planText(next));
  return next;
}

/** The plan's check for who holds every message against it: follows the file, and keeps to the last plan that was right. */
export class PlanFollower {
  readonly #root: string;
  #stamp = "unread";
  check: PlanCheck = nameOnly;
  /** What is wrong with the file as it is; null when nothing is. */
  problem: unknown = null;

  constructor(root: string) {
    this.#root = root;
    this.follow();
  }

  /** Reads the file when it is another than before. Cost otherwise: one look at its date. */
  follow(): void {
    const stats = statSync(pathIn(this.#root), { throwIfNoEntry: false });
    const stamp = stats ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : "none";
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    try {
      const plan = loadPlan(this.#root);
      this.check = plan ? compilePlan(plan) : nameOnly;
      this.problem = null;
    } catch (error) {
      this.problem = error;
    }
  }
}
