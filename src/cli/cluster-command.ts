/** `cartwright cluster`: what is done once when the cluster of a warehouse changes. */
import { Command } from "commander";
import { recover } from "../ingestion/commit.ts";
import { buildOwed } from "../ingestion/import.ts";
import { build } from "../warehouse/build.ts";
import { copyToAdded, divideEvents, noteDivision } from "../warehouse/move.ts";
import type { Workspace } from "../workspace.ts";
import { say } from "./output.ts";
import { inWorkspace } from "./session.ts";

/** Divides all rows between the nodes there are. */
export async function moveDivision(
  { warehouse, config, clock }: Workspace,
  onStep: (step: string) => void = () => {},
): Promise<void> {
  const onProgress = (step: string): void => onStep(`building ${step}`);
  onStep("copying what is whole on every node");
  await copyToAdded(warehouse);
  // What an import that ended within left waiting lies where it was divided to before.
  await recover(warehouse, clock);
  onStep("dividing events");
  await divideEvents(warehouse);
  await build(warehouse, { config, clock, touched: null, reason: "cluster move", onProgress });
  await buildOwed({ warehouse, config, clock }, "cluster move", onProgress);
  await noteDivision(warehouse);
}

const opening = { isMoving: true };

export function clusterCommand(): Command {
  const move = new Command("move")
    .description("divide all rows anew between the nodes that the settings name, after one was added")
    .option("--workspace <folder>", "the workspace's folder")
    .action(async (flags: { workspace?: string }) => {
      const work = async (workspace: Workspace): Promise<void> => {
        await workspace.exclusively(() => moveDivision(workspace, say), opening);
        say(`everything is divided between ${workspace.config.warehouse.nodes?.length ?? 1} nodes`);
      };
      await inWorkspace(flags, "cluster move", work, opening);
    });
  return new Command("cluster").description("the nodes of a ClickHouse cluster").addCommand(move);
}
