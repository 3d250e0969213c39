// Sends what changes in a store to the warehouse, over and over, in a process that is ended in the middle.
// `node sync-child.mjs WORKSPACE` with the store's address in DATABASE_URL.
import { deliver, openWorkspaceStore } from "../../dist/delivery/index.js";
import { Workspace } from "../../dist/workspace.js";

const workspace = await Workspace.open(process.argv[2] ?? "", { now: () => Date.now() }, "sync");
const { connection } = await openWorkspaceStore(workspace);
process.send?.({ engine: (await workspace.engine?.address())?.pid });
for (;;) await deliver(workspace, connection, { most: 200 });
