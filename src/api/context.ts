import { join } from "node:path";
import type { AnalysisContext } from "../analyses/run.ts";
import { type Extent, readExtent } from "../warehouse/extent.ts";
import type { Workspace } from "../workspace.ts";
import { Answers } from "./answers.ts";
import { Looks } from "./looks.ts";

/** Room for kept answers; a page of default cards takes about half a million characters. */
const keptCharacters = 64_000_000;

/** What routes need of the shop. The extent is read again when a refresh has happened. */
export class ShopContext {
  readonly workspace: Workspace;
  readonly answers: Answers;
  #looks: Looks | null = null;
  #extent: Extent | null = null;
  #readAt = 0;
  #changedAt = 0;

  constructor(workspace: Workspace) {
    this.workspace = workspace;
    this.answers = new Answers(keptCharacters);
  }

  /** Reads the extent at most once a second: many cards ask at once. */
  async extent(): Promise<Extent> {
    const now = this.workspace.clock.now();
    if (this.#extent === null || now - this.#readAt > 1000) {
      const before = this.#extent?.dataVersion;
      this.#extent = await readExtent(this.workspace.warehouse);
      if (before !== undefined && before !== this.#extent.dataVersion) this.#changedAt = now;
      this.#readAt = now;
    }
    return this.#extent;
  }

  /** Read from the workspace's folder when they are first needed: documents are made without one. */
  get looks(): Looks {
    const { folders, clock } = this.workspace;
    this.#looks ??= new Looks(join(folders.root, "looks.json"), () => clock.now());
    return this.#looks;
  }

  /** How long ago the data were last seen to change; since the start of time when they never were. */
  unchangedMs(): number {
    return this.workspace.clock.now() - this.#changedAt;
  }

  async analysisContext(): Promise<AnalysisContext> {
    const { warehouse, config } = this.workspace;
    return { warehouse, extent: await this.extent(), timeZone: config.time_zone };
  }
}
