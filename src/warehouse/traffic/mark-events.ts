/**
 * Marks events that robots made. A batch's distinct user agents are judged, not its events; the mark stands in the row, so that it stays
 * when the properties it was read from are let go of.
 */
import { readState, writeState } from "../schema.ts";
import type { Warehouse } from "../warehouse.ts";
import { isRobot, markedBy, robotsVersion } from "./robots.ts";

const settle = { mutations_sync: "2" };
const agentsAtOnce = 10_000;

/** Fills robot_agents with those of the events of a table; returns how many there are. */
async function judgeAgents(warehouse: Warehouse, table: string): Promise<number> {
  await warehouse.command("truncate table robot_agents");
  const rows = await warehouse.query(
    `select user_agent_of(properties) as user_agent from ${table} where properties != '' group by user_agent having user_agent != ''`,
  );
  const robots = rows.map((row) => String(row.user_agent)).filter(isRobot);
  for (let from = 0; from < robots.length; from += agentsAtOnce)
    await warehouse.insertRows(
      "robot_agents",
      robots.slice(from, from + agentsAtOnce).map((user_agent) => ({ user_agent })),
    );
  return robots.length;
}

/** Marks the events of the batch that waits to be attached, those that are set aside later too. */
export async function markArrived(warehouse: Warehouse): Promise<void> {
  if ((await judgeAgents(warehouse, "load_events")) === 0) return;
  await warehouse.command(
    "alter table load_events update is_bot = true where user_agent_of(properties) in robot_agents",
    { settings: settle },
  );
}

/** Whether events were marked by another list of robots, or by none. */
export const isMarkedOtherwise = async (warehouse: Warehouse): Promise<boolean> =>
  (await readState(warehouse, markedBy)) !== robotsVersion;

/** Marks every event anew by the list there is now. A row whose user agent is gone keeps its mark. Costs one reading of all properties. */
export async function markAnew(warehouse: Warehouse): Promise<void> {
  for (const table of ["fct_events", "held_events"]) {
    await judgeAgents(warehouse, table);
    const differs = `properties != '' and (
      user_agent_of(properties) != '' and is_bot != (user_agent_of(properties) in robot_agents)
      or says_test(properties) and not is_staff)`;
    const { event_count } = await warehouse.queryOne(`select count() as event_count from ${table} where ${differs}`);
    if (Number(event_count) === 0) continue;
    await warehouse.command(
      `alter table ${table} update
         is_bot = if(user_agent_of(properties) = '', is_bot, user_agent_of(properties) in robot_agents),
         is_staff = is_staff or says_test(properties)
       where ${differs}`,
      { settings: settle },
    );
  }
  await writeState(warehouse, markedBy, robotsVersion);
}
