import { join } from "node:path";
import type { Analysis } from "../analyses/define.ts";
import type { AnalysisContext, Values } from "../analyses/run.ts";
import { isNoticed, type Notice, noticesFor, readStanding, StandingKeeper } from "../trust/index.ts";
import { ordersSource } from "../warehouse/build-orders.ts";
import { type Extent, readDataVersion, readExtent } from "../warehouse/extent.ts";
import type { Workspace } from "../workspace.ts";
import { Answers } from "./answers.ts";
import { type Lines, openLines } from "./asking.ts";
import { Looks } from "./looks.ts";

/** Room for kept answers; a page of default cards takes about half a million characters. */
const keptCharacters = 64_000_000;

/** What routes need of the shop. The extent is read again when a refresh has happened. */
export class ShopContext {
  readonly workspace: Workspace;
  readonly answers: Answers;
  readonly lines: Lines;
  readonly #standing: StandingKeeper;
  #looks: Looks | null = null;
  #extent: Extent | null = null;
  #reading: Promise<Extent> | null = null;
  #readAt = 0;
  #changedAt = 0;

  constructor(workspace: Workspace) {
    this.workspace = workspace;
    this.lines = openLines(workspace.config);
    this.answers = new Answers(keptCharacters, this.lines.card);
    this.#standing = new StandingKeeper(
      async () => await this.#readStanding(),
      () => workspace.clock.now(),
    );
  }

  /** Asks at most once a second, and once for all cards of a page, whether the data have changed. */
  async extent(): Promise<Extent> {
    const isFresh = this.workspace.clock.now() - this.#readAt <= 1000;
    if (this.#extent !== null && isFresh) return this.#extent;
    this.#reading ??= this.#readExtent().finally(() => {
      this.#reading = null;
    });
    return await this.#reading;
  }

  async #readExtent(): Promise<Extent> {
    const { warehouse, clock } = this.workspace;
    const now = clock.now();
    const known = this.#extent;
    const isKnown = known !== null && !known.isPassing && known.dataVersion === (await readDataVersion(warehouse));
    const extent = isKnown ? known : await readExtent(warehouse);
    if (known !== null && known.dataVersion !== extent.dataVersion) this.#changedAt = now;
    this.#extent = extent;
    this.#readAt = now;
    return extent;
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

  async #readStanding() {
    const { warehouse, config } = this.workspace;
    const isFromEvents = (await ordersSource(warehouse, config)) === "events";
    return await readStanding(await this.analysisContext(), isFromEvents);
  }

  /** What is wrong with the data that an answer rests on. */
  async notices(analysis: Analysis, values: Values): Promise<readonly Notice[]> {
    if (!isNoticed(analysis)) return [];
    const { dataVersion } = await this.extent();
    return noticesFor(await this.#standing.at(dataVersion), analysis, values, this.workspace.clock.now());
  }

  async analysisContext(): Promise<AnalysisContext> {
    const { warehouse, config } = this.workspace;
    return { warehouse, extent: await this.extent(), timeZone: config.time_zone };
  }
}
