// Imports one file into a workspace and says "done": the process that `kill-import.mjs` and its test end at any moment.
import { importFiles } from "../../dist/ingestion/import.js";
import { Workspace } from "../../dist/workspace.js";

const [folder = "", ...paths] = process.argv.slice(2);
// As the command line does: the engine's process alone does not keep this one going.
const untilDone = setInterval(() => {}, 60_000);
const clock = { now: () => Date.now() };
const workspace = await Workspace.open(folder, clock, "import");
const engine = await workspace.engine?.address();
process.stdout.write(`engine ${engine?.pid ?? 0}\n`);
const { warehouse, config } = workspace;
await workspace.exclusively(() => importFiles({ warehouse, config, clock }, paths, {}));
process.stdout.write("done\n");
await workspace.close();
clearInterval(untilDone);
