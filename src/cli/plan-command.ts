/** `cartwright plan`: the tracking plan of a shop: see, check, draft, put in place. */
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Command } from "commander";
import { workspaceFolder } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { loadPlan, planText, readPlan, SeenShapes, savePlan, type TrackingPlan } from "../tracking/index.ts";
import { Workspace } from "../workspace.ts";
import { askServer } from "./ask-server.ts";
import { noteOn } from "./audited.ts";
import { print, say } from "./output.ts";
import { inWorkspace } from "./session.ts";

interface Flags {
  readonly workspace?: string;
}

const inFolder = (command: Command): Command => command.option("--workspace <folder>", "the workspace's folder");

function planIn(path: string): TrackingPlan {
  if (!existsSync(path)) throw new CartwrightError("file_missing", `${path} does not exist`, { path });
  return readPlan(readFileSync(path, "utf8"), path);
}

/** A workspace that is there; a plan for another folder is a mistake in typing. */
function rootOf(flags: Flags): string {
  const root = workspaceFolder(flags.workspace);
  if (!existsSync(`${root}/cartwright.json`))
    throw new CartwrightError("workspace_missing", `${root} holds no workspace`, { folder: root });
  return root;
}

const counted = ({ events }: TrackingPlan): string => {
  const rules = Object.values(events);
  const properties = rules.reduce((sum, rule) => sum + Object.keys(rule.properties ?? {}).length, 0);
  return `${rules.length} events with ${properties} properties`;
};

/** A plan out of messages of files, one a line, as archives of Segment hold them. */
async function draftOfFiles(paths: readonly string[]): Promise<TrackingPlan> {
  const seen = new SeenShapes();
  for (const path of paths) {
    if (!existsSync(path)) throw new CartwrightError("file_missing", `${path} does not exist`, { path });
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      if (text.trim() === "") continue;
      const message = ((): unknown => {
        try {
          return JSON.parse(text);
        } catch {
          return null;
        }
      })();
      if (typeof message !== "object" || message === null || Array.isArray(message))
        throw new CartwrightError("invalid_usage", `${path}, line ${line} is no JSON object`);
      seen.note(message as Readonly<Record<string, unknown>>);
    }
  }
  if (seen.messageCount === 0)
    throw new CartwrightError("tracking_plan_missing", "the files hold no message of an event: track, page or screen");
  return seen.draft();
}

/** A plan out of what the running server has accepted. */
async function draftOfServer(flags: Flags): Promise<TrackingPlan> {
  const url = Workspace.serverUrl(rootOf(flags));
  if (url === null)
    throw new CartwrightError(
      "invalid_usage",
      "no server of this workspace is running; name files of messages, one a line, to draft from",
    );
  return await inWorkspace(flags, "plan draft", async (workspace) => {
    const answer = await askServer(url, workspace, {
      name: "plan draft",
      path: "/api/v1/tracking-plan/draft",
      method: "GET",
    });
    if (answer.ok) return (await answer.json()) as TrackingPlan;
    const { detail } = (await answer.json()) as { detail?: string };
    throw new CartwrightError("tracking_plan_missing", detail ?? `the server answered ${answer.status}`);
  });
}

export function planCommand(): Command {
  const command = new Command("plan").description("the tracking plan: which events are expected, and what each holds");
  command.addCommand(
    inFolder(new Command("show").description("print the plan, to be kept or changed")).action(async (flags: Flags) => {
      const plan = loadPlan(rootOf(flags));
      if (plan === null) throw new CartwrightError("tracking_plan_missing", "this shop has no tracking plan");
      await print(planText(plan));
    }),
  );
  command.addCommand(
    new Command("check")
      .description("say whether a file is a plan, and where not")
      .argument("<file>", "the plan, JSON")
      .action((path: string) => say(`${path} is right: ${counted(planIn(path))}`)),
  );
  command.addCommand(
    inFolder(
      new Command("set").description("put a plan in place; a running server holds messages against it within seconds"),
    )
      .argument("<file>", "the plan, JSON")
      .action((path: string, flags: Flags, self: Command) => {
        const plan = savePlan(rootOf(flags), planIn(path));
        noteOn(self, `version ${plan.version}`);
        say(`version ${plan.version} is in place: ${counted(plan)}`);
      }),
  );
  command.addCommand(
    inFolder(
      new Command("draft").description(
        "print a first plan out of messages: those a running server has accepted, or of files",
      ),
    )
      .argument("[files...]", "files of messages, one JSON object a line; the running server's when none is named")
      .action(async (paths: readonly string[], flags: Flags) => {
        const plan = paths.length > 0 ? await draftOfFiles(paths) : await draftOfServer(flags);
        await print(planText(plan));
        say(`${counted(plan)}; read it over, then \`cartwright plan set FILE\``);
      }),
  );
  return command;
}
