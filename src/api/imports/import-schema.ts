/** The import in hand as the API's documentation describes it; `viewOf` makes it. */
import { z } from "zod";
import { mappingSchema } from "../../ingestion/mapping.ts";

const text = { type: "string" } as const;
const count = { type: "integer", minimum: 0 } as const;
const orNull = <T extends { readonly type: string }>(schema: T) => ({ ...schema, type: [schema.type, "null"] });
const list = (items: object) => ({ type: "array", items }) as const;
const record = (properties: Readonly<Record<string, object>>) => ({ type: "object", properties }) as const;
const byName = { type: "object", additionalProperties: text } as const;

/** A mapping as `--map` files hold it. */
export const mappingJson = { ...z.toJSONSchema(mappingSchema, { io: "input" }), $schema: undefined };

const refusedRow = record({
  source_row: { ...count, description: "Row of the file from 1" },
  line: { ...count, description: "Line of the file from 1" },
  column_name: { ...text, description: "Column refused; empty where the row as a whole is" },
  value: text,
  reason: text,
  raw: {
    ...orNull(text),
    description: "The row as it stands in the file; null when it is longer than 2,000 characters",
  },
  correction: { ...orNull(record({ values: byName, raw: text })), description: "As it was corrected; null when not" },
  is_corrected: { type: "boolean", description: "Whether it would load as corrected" },
});

const preview = record({
  format: text,
  preset: { ...text, description: "Preset whose columns it has; map where the columns were chosen" },
  kind: { ...text, description: "What its rows are" },
  mapping: list(record({ field: text, column: text })),
  unmapped: { ...list(text), description: "Columns no field takes" },
  unmapped_kept_in: orNull(text),
  style: record({ delimiter: orNull(text), encoding: text, decimal: text, dateOrder: text }),
  reasons: { ...list(record({ about: text, because: text })), description: "Why it is understood so" },
  same_as: { ...orNull(count), description: "Batch of the very same file; null when there is none" },
  read_rows: { ...count, description: "new_rows + duplicate_rows + rejected_rows" },
  new_rows: { ...count, description: "Rows that would load" },
  duplicate_rows: { ...orNull(count), description: "Rows known already; null when there are too many to look up" },
  rejected_rows: { ...count, description: "Rows that would be refused" },
  corrected_rows: { ...count, description: "Of the new rows, those that were corrected" },
  first_rows: { ...list(byName), description: "As they would load, by field" },
  rejects: { ...list(refusedRow), description: "The first 200 refused rows" },
});

export const importJson = record({
  id: text,
  owner: { ...text, description: "Who is importing" },
  name: { ...text, description: "Name of the file" },
  step: { type: "string", enum: ["uploading", "checking", "unclear", "ready", "loading", "done"] },
  file_bytes: count,
  progress: {
    ...orNull(
      record({
        stage: { type: "string", enum: ["waiting", "checking", "loading", "building"] },
        read_rows: count,
        read_bytes: count,
        total_bytes: count,
      }),
    ),
    description: "How far it is; null while nothing is under way",
  },
  problem: {
    ...orNull(record({ code: text, title: text, detail: text, remedy: text })),
    description: "Why it does not go on; null when it does",
  },
  preset: { ...orNull(text), description: "Preset that was asked for; null when it is recognised" },
  replace: { ...orNull(count), description: "Batch whose place it takes" },
  mapping: {
    ...mappingJson,
    description: "How its columns become fields, or a proposal; null before its columns are known",
  },
  columns: { ...list(text), description: "Columns of the file" },
  samples: { ...list(list(text)), description: "Its first five rows" },
  namesakes: {
    ...list(record({ batch_key: count, loaded_rows: count, finished_at: orNull(text) })),
    description: "Batches that count of files of the same name",
  },
  preview: { ...orNull(preview), description: "What loading would do; null before the file was looked at" },
  batch: {
    ...orNull(
      record({
        batch_key: count,
        state: text,
        kind: text,
        read_rows: count,
        loaded_rows: count,
        duplicate_rows: count,
        rejected_rows: count,
        first_on: orNull(text),
        last_on: orNull(text),
        message: text,
      }),
    ),
    description: "What came of it; null before it was loaded",
  },
});

export const currentJson = record({
  current: orNull(importJson),
  max_file_bytes: { ...count, description: "The most bytes a file may have now: the setting, or the free disk" },
});

export const formsJson = record({
  presets: list(record({ name: text, title: text })),
  kinds: list(
    record({
      name: text,
      meaning: text,
      fields: list(
        record({
          name: text,
          type: text,
          is_required: { type: "boolean" },
          meaning: text,
          values: { ...orNull(list(text)), description: "Values it may have; null when any" },
        }),
      ),
    }),
  ),
});

export const undoneJson = record({ batch_key: count, state: text, kind: text, source: text, loaded_rows: count });

export const problemJson = record({
  type: text,
  title: text,
  status: count,
  detail: text,
  code: text,
  remedy: text,
  instance: text,
});
