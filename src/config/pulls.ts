/** The sources that `cartwright pull` takes new rows from. Nothing secret stands here: addresses with passwords and tokens are named. */
import { z } from "zod";

const table = z
  .string()
  .regex(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)?$/, "must be the name of a table or view, such as orders or shop.orders");
const column = z.string().regex(/^[A-Za-z_]\w*$/, "must be the name of a column");

const understood = {
  preset: z.string().optional().describe("How the rows are understood; recognised by their columns when not given"),
  map: z.string().optional().describe("A mapping file, relative to the workspace's folder"),
  overlap_seconds: z
    .int()
    .min(0)
    .max(2_592_000)
    .default(0)
    .describe("How far before the watermark rows are asked for again, for those that became visible late"),
};

const postgresql = z.strictObject({
  from: z.literal("postgresql"),
  url_env: z.string().describe("Environment variable with the server's address"),
  table,
  watermark: column.describe("A column that never falls for new and changed rows, such as updated_at or id"),
  ...understood,
});

const mysql = z.strictObject({
  from: z.literal("mysql"),
  url_env: z.string().describe("Environment variable with the address of the MySQL or MariaDB server"),
  table,
  watermark: column.describe("A column that never falls for new and changed rows, such as updated_at or id"),
  ...understood,
});

const sqlite = z.strictObject({
  from: z.literal("sqlite"),
  path: z.string().min(1).describe("The database file, relative to the workspace's folder"),
  table: z.string().regex(/^[A-Za-z_]\w*$/, "must be the name of a table or view"),
  watermark: column,
  ...understood,
});

const isPlainAddress = (url: string): boolean => {
  const { username, password } = new URL(url);
  return username === "" && password === "";
};

const http = z.strictObject({
  from: z.literal("http"),
  url: z
    .url({ protocol: /^https?$/ })
    .refine(isPlainAddress, "must not hold a user or password; name them with token_env")
    .describe("Address of the first page, with the parameters that every request has"),
  token_env: z.string().optional().describe("Environment variable with the token"),
  token_file: z.string().optional().describe("File with the token, relative to the workspace's folder"),
  scheme: z
    .enum(["bearer", "basic"])
    .default("bearer")
    .describe("How the token is sent; for basic it is user:password"),
  rows_at: z
    .string()
    .default("")
    .describe("Where the list of rows is in the answer, such as data.orders; empty for all of it"),
  paging: z
    .discriminatedUnion("by", [
      z.strictObject({
        by: z.literal("page"),
        parameter: z.string().default("page"),
        first: z.int().min(0).default(1),
      }),
      z.strictObject({
        by: z.literal("cursor"),
        parameter: z.string().default("cursor"),
        next_at: z.string().default("next_cursor").describe("Where the next page's cursor is in the answer"),
      }),
      z.strictObject({ by: z.literal("link") }),
    ])
    .default({ by: "link" })
    .describe("How the next page is asked for: by its number, by a cursor, or by the answer's Link header"),
  watermark: z.string().optional().describe("A member of each row that never falls for new and changed rows"),
  watermark_parameter: z.string().optional().describe("Parameter that asks for rows from a watermark on"),
  timeout_seconds: z.int().min(1).max(600).default(30).describe("How long one page may take"),
  ...understood,
});

export const pullSchema = z.discriminatedUnion("from", [postgresql, mysql, sqlite, http]);

export const pullsSchema = z
  .record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "must be a name such as shop-orders"), pullSchema)
  .default({})
  .describe("Sources that `cartwright pull` takes new rows from, by name; see docs/guides/from-your-shop.md");

export type Pull = z.infer<typeof pullSchema>;
export type PostgresqlPull = z.infer<typeof postgresql>;
export type MysqlPull = z.infer<typeof mysql>;
export type SqlitePull = z.infer<typeof sqlite>;
export type HttpPull = z.infer<typeof http>;
