/** What the server does by itself, and when. Nothing secret stands here. */
import { relative, resolve } from "node:path";
import { Cron } from "croner";
import { z } from "zod";
import { modelNames, scoringModelNames } from "./model-names.ts";
import { timeZoneSchema } from "./time-zone.ts";

/** Fields of cron: `*`, numbers, names, ranges, lists, steps, and L for the last day. */
const field = /^[\dA-Za-z*,/-]+$/;
/** Searched from a fixed day, so that the same settings are right or wrong on every day. */
const searchedFrom = new Date(Date.UTC(2024, 0, 1));

function isCron(text: string): boolean {
  const fields = text.split(/\s+/);
  if (fields.length !== 5 || !fields.every((one) => field.test(one))) return false;
  try {
    return new Cron(text, { timezone: "UTC", paused: true, mode: "5-part" }).nextRun(searchedFrom) !== null;
  } catch {
    return false;
  }
}

const whenever = {
  cron: z
    .string()
    .trim()
    .refine(isCron, "must be minute, hour, day, month and weekday that come, such as 30 2 * * * or 0 7 * * 1-5")
    .describe("When it runs: minute, hour, day of the month, month, day of the week"),
  time_zone: timeZoneSchema.optional().describe("IANA time zone of the times; the shop's when not given"),
  catch_up: z
    .enum(["once", "none"])
    .default("once")
    .describe("Whether one run makes good all that were missed while the server was down"),
};

const pull = z.strictObject({
  task: z.literal("pull"),
  sources: z.array(z.string()).min(1).optional().describe("Sources as `pulls` names them; all when not given"),
  ...whenever,
});

const importing = z.strictObject({
  task: z.literal("import"),
  files: z
    .string()
    .min(1)
    .describe("A file, folder or glob below one of `imports.folders`; relative to the workspace's folder"),
  ...whenever,
});

const refresh = z.strictObject({ task: z.literal("refresh"), ...whenever });

const train = z.strictObject({ task: z.literal("train"), model: z.enum(modelNames), ...whenever });

const score = z.strictObject({ task: z.literal("score"), model: z.enum(scoringModelNames), ...whenever });

const report = z.strictObject({
  task: z.literal("report"),
  to: z.array(z.email()).min(1).max(50).describe("Addresses the report is mailed to, each alone"),
  days: z.int().min(1).max(3660).default(7).describe("Days it is about, up to the last whole day with data"),
  ...whenever,
});

const backup = z.strictObject({
  task: z.literal("backup"),
  folder: z
    .string()
    .min(1)
    .optional()
    .describe("Where backups are put, relative to the workspace's folder; its backups/ when not given"),
  keep: z.int().min(1).max(1000).default(7).describe("Backups of this schedule that are kept; the oldest go"),
  ...whenever,
});

const retention = z.strictObject({ task: z.literal("retention"), ...whenever });

export const scheduleSchema = z.discriminatedUnion("task", [
  pull,
  importing,
  refresh,
  train,
  score,
  report,
  backup,
  retention,
]);

export const schedulesSchema = z
  .record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "must be a name such as nightly-backup"), scheduleSchema)
  .default({})
  .describe("What the server does by itself, by name; see docs/manual/schedules.md");

export type Schedule = z.infer<typeof scheduleSchema>;
export type Task = Schedule["task"];
export type ScheduleOf<T extends Task> = Extract<Schedule, { task: T }>;

/** Whether a path is a folder or lies below it; both absolute. */
export const isWithin = (path: string, folder: string): boolean => !/^\.\.(\/|\\|$)/.test(relative(folder, path));

/** The folder that a path, folder or glob stays in. */
const fixedPart = (files: string): string => files.split(/[*?[{(!]/)[0] ?? "";

interface Settings {
  readonly pulls: Readonly<Record<string, unknown>>;
  readonly imports: { readonly folders: readonly string[] };
  readonly schedules: Readonly<Record<string, Schedule>>;
}

/** Finds schedules that name what other settings do not have. */
export function checkSchedules({ pulls, imports, schedules }: Settings, context: z.RefinementCtx): void {
  const wrong = (path: (string | number)[], message: string): void =>
    context.addIssue({ code: "custom", path: ["schedules", ...path], message });
  for (const [name, schedule] of Object.entries(schedules)) {
    if (schedule.task === "pull")
      schedule.sources?.forEach((source, at) => {
        if (!(source in pulls)) wrong([name, "sources", at], "must be the name of one of `pulls`");
      });
    if (schedule.task === "import") {
      // Where the workspace is does not matter here; what is really read is looked at again when it is.
      const from = resolve("/workspace", fixedPart(schedule.files));
      if (!imports.folders.some((folder) => isWithin(from, resolve("/workspace", folder))))
        wrong([name, "files"], "must lie below one of `imports.folders`");
    }
  }
}
