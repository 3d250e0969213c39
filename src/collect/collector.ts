/**
 * The door for events: each message is read, told apart from those known, and put on disk before it is acknowledged; what is
 * on disk is loaded into the warehouse in batches by `drain`.
 */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { CartwrightError } from "../errors.ts";
import type { JsonObject } from "../sources/json-values.ts";
import { PlanFollower, SeenShapes } from "../tracking/index.ts";
import type { Workspace } from "../workspace.ts";
import { type Stream, streams } from "./forms.ts";
import { Journal } from "./journal.ts";
import { KnownIds } from "./known-ids.ts";
import { LiveCounts } from "./live-counts.ts";
import { type ReadMessage, type RefusedMessage, readMessage } from "./message.ts";

export interface Verdict {
  readonly message_id: string;
  readonly verdict: "accepted" | "duplicate" | "rejected";
  /** Why it was rejected, or what it repeats; empty when accepted. */
  readonly reason: string;
}

/** Most bytes that may wait for the disk: beyond it clients are asked to come again. */
const mostUnsettledBytes = 64 * 1024 * 1024;

export class Collector {
  readonly live: LiveCounts;
  readonly known: KnownIds;
  readonly plan: PlanFollower;
  /** What accepted messages looked like since the start. */
  readonly seen = new SeenShapes();
  readonly journals: Readonly<Record<Stream, Journal>>;
  /** Names of accepted messages that the warehouse does not hold yet. */
  readonly #underWay = new Set<string>();
  /** Those of them that are on disk. */
  #settled: string[] = [];
  readonly #workspace: Workspace;
  #isReady = false;
  /** Loads until everything that may stand on disk without having been acknowledged is in the warehouse. */
  #unsureLoads = 0;

  constructor(workspace: Workspace) {
    const folder = join(workspace.folders.root, "collect");
    this.#workspace = workspace;
    this.known = new KnownIds(workspace.warehouse);
    this.plan = new PlanFollower(workspace.folders.root);
    this.live = new LiveCounts(workspace.clock);
    this.journals = {
      events: new Journal(join(folder, "events"), workspace.clock),
      customers: new Journal(join(folder, "customers"), workspace.clock),
    };
  }

  /** Events since the start, by what became of them. */
  readonly verdictCounts: Record<Verdict["verdict"], number> = { accepted: 0, duplicate: 0, rejected: 0 };

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Bytes on disk that the warehouse does not hold yet. */
  get waitingBytes(): number {
    return streams.reduce((sum, stream) => sum + this.journals[stream].waitingBytes, 0);
  }

  /** Called once everything an earlier process left is in the warehouse, and what the warehouse holds is known. */
  markReady(): void {
    this.#isReady = true;
  }

  /**
   * Takes messages; resolves when every accepted one is on disk.
   *
   * @param sentAt the client's clock when it sent the request; undefined when it did not say
   * @throws collecting_later when it cannot take them now; nothing of the request is kept then, and it may be sent again
   */
  async accept(messages: readonly unknown[], sentAt: unknown): Promise<readonly Verdict[]> {
    const refusal = this.refusal();
    if (refusal !== null) throw refusal;
    const received = this.#workspace.clock.now();
    const delivery = { sentAt, received, newId: randomUUID, planCheck: this.plan.check };
    const read = messages.map((message) => readMessage(message, delivery));
    const held = await this.#heldOf(read.flatMap((one) => (one.kind === "read" ? one.names : [])));
    const verdicts: Verdict[] = [];
    const mine: string[] = [];
    // From here to the end of the loop nothing else runs: a name is looked for and noted in one step.
    for (const [index, one] of read.entries()) {
      const verdict = this.#verdictOf(one, held);
      verdicts.push(verdict);
      if (verdict.verdict === "accepted") this.seen.note(messages[index] as JsonObject);
      if (one.kind === "refused") this.journals.events.append([], [`${JSON.stringify(one.reject)}\n`]);
      if (one.kind === "refused" || verdict.verdict === "duplicate") continue;
      for (const name of one.names) {
        this.#underWay.add(name);
        mine.push(name);
      }
      this.journals[one.stream].append(one.texts, []);
    }
    try {
      await Promise.all(streams.map(async (stream) => await this.journals[stream].settled()));
    } catch (error) {
      // A part of it may be on disk all the same, in the file that is loaded next; one that comes again meanwhile may be in
      // the file after that. Later ones are asked for in the warehouse.
      this.#unsureLoads = 2;
      for (const name of mine) {
        this.#underWay.delete(name);
        this.known.add(name);
      }
      throw new CartwrightError("collecting_later", "what was sent could not be put on disk", {}, error);
    }
    for (const name of mine) {
      this.known.add(name);
      this.#settled.push(name);
    }
    this.#note(read, verdicts, received);
    return verdicts;
  }

  /** Names on disk since the last call; once the files sealed after this call are loaded, `arrived` takes them off. */
  takeSettled(): readonly string[] {
    const names = this.#settled;
    this.#settled = [];
    return names;
  }

  arrived(names: readonly string[]): void {
    for (const name of names) this.#underWay.delete(name);
    this.#unsureLoads = Math.max(0, this.#unsureLoads - 1);
  }

  /** Whether nothing on disk can have been loaded already: no other process has loaded events since, or left these. */
  async idsAreNew(): Promise<boolean> {
    return this.#isReady && this.#unsureLoads === 0 && !(await this.known.areOthersLoaded());
  }

  /** Gives names back whose files could not be loaded yet. */
  notArrived(names: readonly string[]): void {
    this.#settled = [...names, ...this.#settled];
  }

  /** Those of the names that the warehouse holds, asked again for as long as others may have been loaded meanwhile. */
  async #heldOf(names: readonly string[]): Promise<ReadonlySet<string>> {
    const held = new Set<string>();
    const asked = new Set<string>();
    for (;;) {
      const unsure = names.filter(
        (name) => !asked.has(name) && !this.#underWay.has(name) && this.known.maybeKnown(name),
      );
      if (unsure.length === 0) return held;
      for (const name of unsure) asked.add(name);
      for (const name of await this.known.held(unsure)) held.add(name);
    }
  }

  async close(): Promise<void> {
    for (const stream of streams) await this.journals[stream].close();
  }

  /** Why nothing can be taken at the moment; null when it can. */
  refusal(): CartwrightError | null {
    if (!this.#isReady) return new CartwrightError("collecting_later", "what was collected before is being loaded");
    const waiting = this.waitingBytes;
    const unsettled = streams.reduce((sum, stream) => sum + this.journals[stream].unsettledBytes, 0);
    const most = this.#workspace.config.collect.max_waiting_bytes;
    if (unsettled <= mostUnsettledBytes && waiting <= most) return null;
    return new CartwrightError(
      "collecting_busy",
      `${waiting + unsettled} bytes wait to be loaded; ${most} are the most`,
    );
  }

  #verdictOf(one: ReadMessage | RefusedMessage, held: ReadonlySet<string>): Verdict {
    if (one.kind === "refused") {
      const { column_name, value, reason } = one.reject;
      const of = column_name === "" ? "" : `${column_name} ${value === "" ? "" : `"${value}" `}`;
      return { message_id: one.id, verdict: "rejected", reason: `${of}${reason}` };
    }
    const known = one.names.findIndex((name) => this.#underWay.has(name) || held.has(name));
    if (known === 0) return { message_id: one.id, verdict: "duplicate", reason: "the message id is known" };
    if (known > 0)
      return { message_id: one.id, verdict: "duplicate", reason: `order ${one.orderId} was completed before` };
    return { message_id: one.id, verdict: "accepted", reason: "" };
  }

  #note(read: readonly (ReadMessage | RefusedMessage)[], verdicts: readonly Verdict[], received: number): void {
    for (const [index, one] of read.entries()) {
      const verdict = verdicts[index]?.verdict ?? "rejected";
      this.verdictCounts[verdict] += 1;
      if (one.kind === "read" && verdict === "accepted") this.live.noteAccepted(one, received);
      else if (verdict !== "accepted") this.live.noteOther(verdict, received);
    }
  }
}
