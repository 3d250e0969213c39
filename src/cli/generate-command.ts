/** `cartwright generate`: a demo shop's files, or an event stream in REES46 form of any length in constant memory. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { Command, Option } from "commander";
import { createDemoShop, rees46Csv, writeDemoFiles, writeRees46Files } from "../sources/generator/index.ts";
import { Engine } from "../warehouse/engine.ts";
import { writeParquet } from "../warehouse/write-parquet.ts";
import { say } from "./output.ts";
import { interruptSignal } from "./session.ts";

interface GenerateFlags {
  readonly out: string;
  readonly shape: "demo" | "rees46";
  readonly format: "csv" | "parquet";
  readonly events: string;
  readonly days: string;
  readonly seed: string;
}

/** The engine writes Parquet; it runs on a folder of its own for as long as that takes. */
async function generateParquet(flags: GenerateFlags, signal: AbortSignal): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-generate-"));
  const engine = await Engine.start({
    dataFolder: join(folder, "data"),
    runFolder: join(folder, "run"),
    backupsFolder: join(folder, "backups"),
  });
  try {
    const { events, days, seed } = flags;
    const csv = rees46Csv({ events: Number(events), days: Number(days), seed: Number(seed), signal });
    await writeParquet(
      await engine.address(),
      Readable.from(csv, { objectMode: false }),
      resolve(flags.out, "events.parquet"),
    );
    return Number(events);
  } finally {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function generate(flags: GenerateFlags): Promise<void> {
  mkdirSync(flags.out, { recursive: true });
  const seed = Number(flags.seed);
  if (flags.shape === "demo") {
    const written = await writeDemoFiles(createDemoShop({ seed }), flags.out);
    for (const file of written) say(`${file.path}: ${file.rows.toLocaleString("en")} rows`);
    return;
  }
  const startedAt = performance.now();
  const signal = interruptSignal();
  let saidAt = startedAt;
  const onProgress = ({ rows }: { readonly rows: number }): void => {
    if (performance.now() - saidAt < 3000) return;
    saidAt = performance.now();
    say(`${rows.toLocaleString("en")} events`);
  };
  const options = { dir: flags.out, events: Number(flags.events), days: Number(flags.days), seed, signal, onProgress };
  const rows =
    flags.format === "parquet" ? await generateParquet(flags, signal) : (await writeRees46Files(options)).rows;
  const seconds = (performance.now() - startedAt) / 1000;
  const pace = Math.round(rows / seconds).toLocaleString("en");
  say(`${rows.toLocaleString("en")} events in ${seconds.toFixed(1)} s, ${pace} a second`);
}

export function generateCommand(): Command {
  return new Command("generate")
    .description("write generated data: a demo shop's files, or events in REES46 form")
    .requiredOption("--out <folder>", "where the files go; made when missing")
    .addOption(new Option("--shape <shape>", "what to write").choices(["demo", "rees46"]).default("rees46"))
    .addOption(new Option("--format <format>", "form of the REES46 events").choices(["csv", "parquet"]).default("csv"))
    .option("--events <number>", "events, in REES46 form", "1000000")
    .option("--days <number>", "days they cover", "61")
    .option("--seed <number>", "another seed makes other data", "1")
    .action(generate);
}
