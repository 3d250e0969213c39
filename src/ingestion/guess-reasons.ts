/** Why a file is understood as it is, in sentences. */
import { presets } from "../sources/presets.ts";
import { fold } from "./mapping.ts";
import type { OpenedFile } from "./open-file.ts";
import { valuesOf } from "./recognise.ts";

export interface Reason {
  readonly about: "columns" | "delimiter" | "encoding" | "decimal" | "dates";
  readonly because: string;
}

const parted = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}/;

/** One sentence for each thing that was recognised; what the format itself says needs none. */
export function reasonsOf(file: OpenedFile): readonly Reason[] {
  const { format, delimiter, bytes, mapping } = file;
  const reasons: Reason[] = [{ about: "columns", because: columnsReason(file) }];
  if (format === "delimited" && delimiter !== null)
    reasons.push({
      about: "delimiter",
      because: `${delimiter === "\t" ? "A tab" : `“${delimiter}”`} parts the header into ${mapping.header.length} columns.`,
    });
  if (format === "delimited" || format === "json-lines")
    reasons.push({ about: "encoding", because: encodingReason(bytes.encoding) });
  const amount = samplesOf(file, ["money", "number"]).find((value) => /[.,]\d/.test(value));
  if (amount !== undefined)
    reasons.push({
      about: "decimal",
      because: `Amounts are written as ${amount}: with a decimal ${file.style.decimal === "," ? "comma" : "point"}.`,
    });
  const date = dateReason(file);
  return date === null ? reasons : [...reasons, { about: "dates", because: date }];
}

function columnsReason({ mapping }: OpenedFile): string {
  if (mapping.preset === "map") return "The columns are matched as you chose.";
  const columns = new Set(mapping.header.map(fold));
  const preset = presets.find(({ name }) => name === mapping.preset);
  const table = preset?.tables.find(
    ({ requires, mapping: { kind }, shape }) =>
      kind === mapping.kind.name && (shape !== undefined || requires.every((name) => columns.has(fold(name)))),
  );
  return `Its columns ${(table?.requires ?? []).join(", ")} tell the preset ${mapping.preset}: ${preset?.title ?? ""}.`;
}

function encodingReason(encoding: string): string {
  if (encoding === "utf-8") return "Its text is valid UTF-8.";
  return encoding.startsWith("utf-16") ? "Its text has two bytes a character." : "Its text is not valid UTF-8.";
}

function dateReason(file: OpenedFile): string | null {
  const dates = samplesOf(file, ["instant", "day"]).filter((value) => parted.test(value));
  const [first] = dates;
  if (first === undefined) return null;
  const partsOf = (value: string): readonly [number, number] => {
    const match = parted.exec(value);
    return [Number(match?.[1]), Number(match?.[2])];
  };
  const sure = dates.find((value) => partsOf(value).some((part) => part > 12));
  const order = file.style.dateOrder === "mdy" ? "month" : "day";
  return sure === undefined
    ? `Dates such as ${first} could be read in two ways; the ${order} is taken to come first.`
    : `Dates such as ${sure} begin with the ${order}.`;
}

const samplesOf = ({ mapping, samples }: OpenedFile, types: readonly string[]): readonly string[] =>
  valuesOf({ header: mapping.header, samples }, mapping, types);
