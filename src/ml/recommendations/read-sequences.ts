/** Sequences out of a table of interactions. */
import { CartwrightError } from "../../errors.ts";
import { columnOf, numberOf, type Table } from "../../tables/table.ts";
import type { Sequences } from "./sequences.ts";

/**
 * The items of each user in order of position; equal positions keep the order of the file.
 *
 * @param position numbers, or texts that sort as times do (`2024-01-31 10:00`)
 * @throws column_value for an empty user, item or position; too_little_data when no user has three items
 */
export function readSequences(table: Table, user: string, item: string, position: string): Sequences {
  const [users, items, positions] = [user, item, position].map((name) => {
    const texts = columnOf(table, name);
    const empty = texts.indexOf("");
    if (empty >= 0) {
      throw new CartwrightError("column_value", `${table.path}: data row ${empty + 1}, column "${name}": is empty`);
    }
    return texts;
  }) as [readonly string[], readonly string[], readonly string[]];
  const numbers = positions.map(numberOf);
  const areNumbers = numbers.every((one) => one !== null);
  const itemNumbers = new Map<string, number>();
  const rowsOfUser = new Map<string, number[]>();
  for (let row = 0; row < table.rowCount; row += 1) {
    const name = items[row] ?? "";
    if (!itemNumbers.has(name)) itemNumbers.set(name, itemNumbers.size);
    const own = rowsOfUser.get(users[row] ?? "");
    if (own) own.push(row);
    else rowsOfUser.set(users[row] ?? "", [row]);
  }
  const compare = areNumbers
    ? (a: number, b: number): number => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b
    : (a: number, b: number): number => textOrder(positions[a] ?? "", positions[b] ?? "") || a - b;
  const starts = new Uint32Array(rowsOfUser.size + 1);
  const ordered = new Uint32Array(table.rowCount);
  let next = 0;
  let longest = 0;
  for (const [index, rows] of [...rowsOfUser.values()].entries()) {
    longest = Math.max(longest, rows.length);
    for (const row of rows.sort(compare)) ordered[next++] = itemNumbers.get(items[row] ?? "") ?? 0;
    starts[index + 1] = next;
  }
  if (longest < 3) {
    throw new CartwrightError(
      "too_little_data",
      `${table.path} has no user with three items: one to learn from, one to choose by, one to ask for`,
    );
  }
  return { itemCount: itemNumbers.size, starts, items: ordered };
}

const textOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
