/**
 * A workspace's settings: `cartwright.json`, validated with line numbers. A flag wins over the environment, the
 * environment over the file, the file over the default.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { pullsSchema } from "./config/pulls.ts";
import { questionsSchema } from "./config/questions.ts";
import { checkSchedules, schedulesSchema } from "./config/schedules.ts";
import { signInSchema } from "./config/sign-in.ts";
import { timeZoneSchema } from "./config/time-zone.ts";
import { trafficSchema } from "./config/traffic.ts";
import { CartwrightError } from "./errors.ts";
import { readJsonDocument } from "./json-document.ts";

export { currencyCodes, currencyDecimals, decimalsOfCurrency } from "./config/currencies.ts";
export type { HttpPull, MysqlPull, PostgresqlPull, Pull, SqlitePull } from "./config/pulls.ts";
export type { Schedule, ScheduleOf, Task } from "./config/schedules.ts";
export type { OidcSettings, SignInSettings } from "./config/sign-in.ts";

const keptMonths = z.int().min(1).max(1200).optional();

export const configSchema = z
  .strictObject({
    name: z.string().min(1).max(80).default("My shop").describe("The shop's name, shown in the dashboard"),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "must be an ISO 4217 code such as GBP")
      .default("USD")
      .describe("ISO 4217 code of the shop's currency"),
    time_zone: timeZoneSchema
      .default("UTC")
      .describe("IANA time zone in which days are counted, and in which times without a zone are read"),
    week_start: z.int().min(1).max(7).default(1).describe("First day of the week, 1 Monday to 7 Sunday"),
    fiscal_year_start: z.int().min(1).max(12).default(1).describe("First month of the fiscal year"),
    orders_source: z
      .enum(["auto", "orders", "events"])
      .default("auto")
      .describe("Where orders come from: order files, purchase events, or order files as soon as there are any"),
    session_gap_minutes: z.int().min(1).max(1439).default(30).describe("Silence that ends a session without an id"),
    identity: z
      .strictObject({
        by_email: z
          .boolean()
          .default(true)
          .describe(
            "Whether guests and accounts of one e-mail address are one person; ids that a source ties together always are",
          ),
      })
      .prefault({})
      .describe("Who is one person"),
    traffic: trafficSchema,
    warehouse: z
      .strictObject({
        url: z.url().optional().describe("A ClickHouse server's HTTP address; without it the embedded engine is used"),
        nodes: z
          .array(z.url())
          .min(2)
          .refine((urls) => new Set(urls).size === urls.length, "the same node twice")
          .optional()
          .describe("HTTP addresses of the nodes of a ClickHouse cluster, instead of `url`; the first one is asked"),
        unreachable_nodes: z
          .enum(["refuse", "leave_out"])
          .default("refuse")
          .describe(
            "What becomes of questions while a node does not answer: refused, or answered without its rows and with a notice; the first node is needed either way",
          ),
        replicated: z
          .boolean()
          .default(false)
          .describe(
            "Whether `nodes` are replicas of each other by their servers' macros; chosen when the warehouse is made",
          ),
        user: z.string().default("default").describe("The server's user"),
        password_env: z
          .string()
          .default("CARTWRIGHT_WAREHOUSE_PASSWORD")
          .describe("Environment variable with the password"),
        reader_user: z
          .string()
          .optional()
          .describe(
            "A user of the server that may only select from the database; without it the SQL console is closed",
          ),
        reader_password_env: z
          .string()
          .default("CARTWRIGHT_READER_PASSWORD")
          .describe("Environment variable with that user's password"),
        patient_reader_user: z
          .string()
          .optional()
          .describe(
            "A user of the server with the rights and password of reader_user and a later priority, for what takes long; without it reader_user asks that too",
          ),
      })
      .prefault({})
      .refine(({ url, nodes }) => url === undefined || nodes === undefined, {
        path: ["nodes"],
        message: "is given instead of url, not beside it",
      })
      .refine(({ nodes, replicated }) => nodes !== undefined || !replicated, {
        path: ["replicated"],
        message: "can be true only where nodes are given",
      })
      .refine(({ nodes, unreachable_nodes }) => nodes !== undefined || unreachable_nodes === "refuse", {
        path: ["unreachable_nodes"],
        message: "can be leave_out only where nodes are given",
      })
      .describe("Which engine holds the warehouse"),
    engine: z
      .strictObject({
        max_memory_bytes: z
          .int()
          .min(268435456)
          .optional()
          .describe("Most memory one query may use; default: 40 % of the machine"),
        slow_query_ms: z
          .int()
          .min(1)
          .max(3_600_000)
          .default(5000)
          .describe("Questions that take at least so many milliseconds are written to the server's log"),
      })
      .prefault({})
      .describe("The engine: its limits, and what is slow"),
    questions: questionsSchema,
    store: z
      .strictObject({
        url_env: z
          .string()
          .default("DATABASE_URL")
          .describe(
            "Environment variable with the address of a PostgreSQL server; without one the embedded store is used",
          ),
        tax_rate: z.number().min(0).max(0.9999).default(0).describe("Tax on goods and shipping, as a rate"),
        shipping_minor: z.int().min(0).default(0).describe("Shipping of an order, minor units"),
        reservation_minutes: z.int().min(1).max(1440).default(15).describe("How long a cart keeps its articles"),
        payment_minutes: z.int().min(1).max(10080).default(30).describe("How long an order waits for its payment"),
        address: z
          .url()
          .default("http://localhost:4000")
          .describe("Where shoppers reach the shop; links in its mails begin with it"),
        smtp_url_env: z
          .string()
          .default("CARTWRIGHT_SMTP_URL")
          .describe(
            "Environment variable with the mail server's address, smtps://user:password@host; without one mails are written to the workspace's mail folder",
          ),
        mail_from: z.string().default("shop@localhost").describe("The address mails come from"),
        payment_secret_env: z
          .string()
          .default("CARTWRIGHT_PAYMENT_SECRET")
          .describe("Environment variable with the key that the payment provider signs its callbacks with"),
      })
      .prefault({})
      .describe("The operational store"),
    alerts: z
      .strictObject({
        webhook_url: z
          .url({ protocol: /^https?$/ })
          .optional()
          .describe("Where alerts that fire are sent, also on this machine or network; without it they are only shown"),
        webhook_secret_env: z
          .string()
          .default("CARTWRIGHT_ALERT_SECRET")
          .describe("Environment variable with the key that what is sent is signed with"),
      })
      .prefault({})
      .describe("Alerts"),
    segments: z
      .strictObject({
        webhook_url: z
          .url({ protocol: /^https?$/ })
          .optional()
          .describe(
            "Where changes of who is in a segment are sent, also on this machine or network; without it nowhere",
          ),
        webhook_secret_env: z
          .string()
          .default("CARTWRIGHT_SEGMENT_SECRET")
          .describe("Environment variable with the key that what is sent is signed with"),
        synced: z.array(z.string().min(1)).default([]).describe("Names of the segments that are sent"),
        page_size: z.int().min(1).max(100_000).default(1000).describe("Most customers of one message"),
      })
      .prefault({})
      .describe("Segments that other programs follow"),
    models: z
      .strictObject({
        retrain_days: z
          .record(z.string(), z.int().min(1).max(366))
          .default({})
          .describe(
            'Models that the server trains anew by itself, each with the days between two trainings, such as {"propensity": 7}',
          ),
        holidays: z
          .enum(["GB", "US", "DE", "FR"])
          .optional()
          .describe("Country, as ISO 3166 code, whose holidays daily forecasts allow for; without it for none"),
      })
      .prefault({})
      .describe("Models"),
    imports: z
      .strictObject({
        max_file_bytes: z
          .int()
          .min(1)
          .default(21474836480)
          .describe("Most bytes of a file that is uploaded in the dashboard; free disk limits it too"),
        folders: z
          .array(z.string().min(1))
          .default([])
          .describe(
            "Folders of this machine that schedules may import files from, with all below them; relative to the workspace's folder",
          ),
      })
      .prefault({})
      .describe("Importing files in the dashboard and by schedules"),
    pulls: pullsSchema,
    schedules: schedulesSchema,
    server: z
      .strictObject({
        host: z.string().default("127.0.0.1").describe("Address the server listens on"),
        port: z.int().min(0).max(65535).default(4000).describe("Port it prefers; a free one is taken when it is busy"),
        allowed_hosts: z.array(z.string()).default([]).describe("Further host names the server answers to"),
        https: z
          .boolean()
          .default(false)
          .describe(
            "True where everyone reaches the server over HTTPS alone, by a proxy before it: cookies are Secure, and browsers use nothing else for a year",
          ),
      })
      .prefault({})
      .describe("The dashboard and API server"),
    sign_in: signInSchema,
    collect: z
      .strictObject({
        origins: z
          .array(z.string().regex(/^https?:\/\/[^/\s]+$/, "must be an origin such as https://shop.example"))
          .default([])
          .describe("Origins whose pages may send events, such as https://shop.example; the server's own always may"),
        interval_seconds: z
          .number()
          .min(0.5)
          .max(3600)
          .default(2)
          .describe("Pause between two loads of what was collected"),
        max_waiting_bytes: z
          .int()
          .min(1048576)
          .default(2147483648)
          .describe(
            "Most bytes of collected events that may wait to be loaded; beyond it clients are asked to come again",
          ),
      })
      .prefault({})
      .describe("The door for events"),
    retention: z
      .strictObject({
        properties_months: keptMonths.describe(
          "Whole months for which properties of events (search words, user agents and the like) are kept; without it for ever",
        ),
        rejects_months: keptMonths.describe("The same for the texts of refused rows"),
        mails_months: keptMonths.describe("The same for recipients and details of mails that were sent"),
      })
      .prefault({})
      .describe("What `cartwright retention` lets go of by age; everything is kept when nothing is set"),
  })
  .superRefine(checkSchedules);

export type Config = z.infer<typeof configSchema>;
/** The settings as they are written: what has a default may be left out. */
export type WrittenConfig = z.input<typeof configSchema>;

/** The folder of the workspace: flag, then `CARTWRIGHT_WORKSPACE`, then `./.cartwright`. */
export function workspaceFolder(flag: string | undefined): string {
  return resolve(flag ?? process.env.CARTWRIGHT_WORKSPACE ?? ".cartwright");
}

/** The value of an environment variable named by a setting; empty when it is not set. */
export const secretFromEnvironment = (name: string): string => process.env[name] ?? "";

/** Address of the ClickHouse that is asked, of a cluster its first node's; undefined with the embedded engine. */
export const serverAddress = ({ warehouse }: Config): string | undefined => warehouse.nodes?.[0] ?? warehouse.url;

/** The environment a child process or a terminal decision needs; read here so that nothing else touches it. */
export const environment = {
  isContinuousIntegration: (): boolean => Boolean(process.env.CI),
  noColor: (): boolean => Boolean(process.env.NO_COLOR),
};

/** Reads and validates `cartwright.json` of a workspace. */
export function readConfig(folder: string): Config {
  const path = join(folder, "cartwright.json");
  if (!existsSync(path)) {
    throw new CartwrightError("workspace_missing", `${folder} holds no cartwright.json`, { folder });
  }
  const outcome = readJsonDocument(readFileSync(path, "utf8"), configSchema, "setting");
  if (outcome.kind === "valid") return outcome.value;
  throw new CartwrightError("invalid_config", `${path}:${outcome.line}: ${outcome.message}`, {
    file: path,
    line: outcome.line,
  });
}
