/** Alerts, for as long as the server runs: checked whenever the data version changes, sent until they are taken. */
import { checkAlerts, sendFirings, webhookOf } from "../alerts/index.ts";
import { type Scheduler, startTasks } from "../delivery/index.ts";
import type { Workspace } from "../workspace.ts";
import { checkingOf } from "./alert-routes.ts";
import { ShopContext } from "./context.ts";

const pauseMs = 5000;

/** Begins at once; `everyMs` is the pause between two looks at the data version. */
export function runAlertTasks(
  workspace: Workspace,
  onFailure: (task: string, error: unknown) => void,
  everyMs: number = pauseMs,
): Scheduler {
  const context = new ShopContext(workspace);
  const { warehouse, clock, config } = workspace;
  let checkedVersion: string | null = null;
  const check = async (): Promise<void> => {
    const checking = await checkingOf(context);
    const { dataVersion } = checking.context.extent;
    if (dataVersion === checkedVersion) return;
    await checkAlerts(checking);
    checkedVersion = dataVersion;
  };
  const send = async (): Promise<void> => {
    const webhook = webhookOf(config);
    if (webhook) await sendFirings({ warehouse, clock, shop: config.name, webhook });
  };
  return startTasks(
    [
      { name: "check alerts", everyMs, run: check },
      { name: "send alerts", everyMs, run: send },
    ],
    onFailure,
  );
}
