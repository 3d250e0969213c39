/** `cartwright store simulate`: made-up shoppers on a shop of this machine, for demos and for load. */
import { Command } from "commander";
import { systemClock } from "../clock.ts";
import { workspaceFolder } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { loopbackOrigin, type SimulationSummary, simulate } from "../simulator/index.ts";
import { Workspace } from "../workspace.ts";
import { numberOption } from "./number-option.ts";
import { formatRows, print, say } from "./output.ts";
import { interruptSignal } from "./session.ts";
import { credentialsOf } from "./workspace-credentials.ts";

interface SimulateFlags {
  readonly workspace?: string;
  readonly visitors: string;
  readonly minutes: string;
  readonly seed: string;
  readonly address?: string;
  readonly json?: boolean;
}

function within(name: string, text: string, low: number, high: number): number {
  const value = numberOption(name, text);
  if (value >= low && value <= high) return value;
  throw new CartwrightError("invalid_parameter", `--${name} must be ${low} to ${high}, got ${text}`, { name });
}

function wholeWithin(name: string, text: string, low: number, high: number): number {
  const value = within(name, text, low, high);
  if (Number.isInteger(value)) return value;
  throw new CartwrightError("invalid_parameter", `--${name} must be a whole number, got ${text}`, { name });
}

async function run(flags: SimulateFlags): Promise<void> {
  const size = {
    visitors: wholeWithin("visitors", flags.visitors, 1, 10_000),
    minutes: within("minutes", flags.minutes, 0.05, 1440),
    seed: wholeWithin("seed", flags.seed, 0, 2 ** 31),
  };
  if (flags.address !== undefined) loopbackOrigin(flags.address);
  const credentials = credentialsOf(flags);
  const signal = interruptSignal();
  const address = flags.address ?? Workspace.serverUrl(workspaceFolder(flags.workspace));
  const visit = async (origin: string): Promise<SimulationSummary> => {
    say(`${size.visitors} shoppers visit ${origin} within ${size.minutes} minutes; stop with Ctrl-C`);
    const token = credentials.createToken({ name: "store simulate", role: "admin" });
    try {
      return await simulate({
        ...size,
        address: origin,
        token: token.secret,
        signal,
        onProgress: ({ session_count, page_count, order_count, error_count }) =>
          say(`${session_count} visits, ${page_count} pages, ${order_count} orders, ${error_count} errors`),
      });
    } finally {
      credentials.revokeToken(token.id);
    }
  };
  const summary = address === null ? await withServer(flags, visit) : await visit(address);
  await print(flags.json ? `${JSON.stringify(summary)}\n` : asTable(summary));
  judge(summary);
}

/** The workspace served for as long as the simulation lasts. */
async function withServer<T>(flags: SimulateFlags, visit: (address: string) => Promise<T>): Promise<T> {
  const { runServer } = await import("./run-server.ts");
  const workspace = await Workspace.open(workspaceFolder(flags.workspace), systemClock, "store simulate");
  try {
    const server = await runServer(workspace, { port: 0, host: workspace.config.server.host });
    try {
      return await visit(server.url);
    } finally {
      await server.stop();
    }
  } finally {
    await workspace.close();
  }
}

const numbered = (value: unknown): unknown => (typeof value === "number" ? value.toLocaleString("en") : value);

function asTable({ refusals, errors, comparison, ...counts }: SimulationSummary): string {
  const rows = [
    ...Object.entries(counts),
    ...Object.entries(refusals).map(([reason, count]) => [`refused: ${reason}`, count] as const),
    ...errors.map((words, index) => [`error ${index + 1}`, words] as const),
    ...Object.entries(comparison ?? {}).map(([name, value]) => [`comparison: ${name}`, value] as const),
  ];
  return formatRows(
    rows.map(([name, value]) => ({ name, value: numbered(value) })),
    ["name", "value"],
    "table",
  );
}

/** @throws cancelled, internal for a fault the shoppers met, verify_failed when store and warehouse differ */
function judge({ is_cancelled, error_count, errors, comparison }: SimulationSummary): void {
  if (is_cancelled) throw new CartwrightError("cancelled", "the simulation was stopped; nothing was compared");
  if (error_count > 0)
    throw new CartwrightError("internal", `the shoppers met ${error_count} errors, first: ${errors[0]}`);
  if (comparison?.is_equal === false) {
    throw new CartwrightError(
      "verify_failed",
      `store and warehouse differ in ${comparison.differing_order_count} orders, first in ${comparison.first_differing_order_id}`,
    );
  }
}

export function simulateCommand(): Command {
  return new Command("simulate")
    .description(
      "send made-up shoppers to a shop on this machine: they browse, search, buy, return and review over its public API",
    )
    .option("--workspace <folder>", "the workspace's folder")
    .option("--visitors <count>", "how many shoppers come, spread over the time; some come back", "200")
    .option("--minutes <number>", "for how long", "10")
    .option("--seed <number>", "the same seed makes the same shoppers", "1")
    .option(
      "--address <url>",
      "the server, on this machine only; the workspace's running one when not given, else one is started",
    )
    .option("--json", "the summary as one JSON object")
    .action(run);
}
