import type { Analysis } from "../analyses/define.ts";
import type { AnalysisContext, Given } from "../analyses/run.ts";
import { type Extent, readExtent } from "../warehouse/extent.ts";
import type { Workspace } from "../workspace.ts";
import { Answers } from "./answers.ts";

/** An analysis as it was asked. */
export interface Asked {
  readonly analysis: Analysis;
  readonly given: Given;
}

/** Room for kept answers; a page of default cards takes about half a million characters. */
const keptCharacters = 64_000_000;

/** What routes need of the shop. The extent is read again when a refresh has happened. */
export class ShopContext {
  readonly workspace: Workspace;
  readonly answers: Answers<Asked>;
  #extent: Extent | null = null;
  #readAt = 0;

  constructor(workspace: Workspace) {
    this.workspace = workspace;
    this.answers = new Answers<Asked>(keptCharacters, () => workspace.clock.now());
  }

  /** Reads the extent at most once a second: many cards ask at once. */
  async extent(): Promise<Extent> {
    const now = this.workspace.clock.now();
    if (this.#extent === null || now - this.#readAt > 1000) {
      this.#extent = await readExtent(this.workspace.warehouse);
      this.#readAt = now;
    }
    return this.#extent;
  }

  async analysisContext(): Promise<AnalysisContext> {
    const { warehouse, config } = this.workspace;
    return { warehouse, extent: await this.extent(), timeZone: config.time_zone };
  }
}
