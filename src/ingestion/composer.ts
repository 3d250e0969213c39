/** Expressions of the insert statement of a file: each field's text, typed readings of it, and what makes a row refused. */
import { currencyCodes, decimalsOfCurrency } from "../config.ts";
import { earliestInstant } from "../sources/earliest-instant.ts";
import { everyDay } from "../warehouse/day-range.ts";
import { type InstantForm, instantShapes } from "./instant-forms.ts";
import type { ResolvedMapping } from "./mapping.ts";

/** How rows reach the engine: the file's own bytes, or rows already read and written out anew. */
export type RowForm =
  | { readonly kind: "file"; readonly delimiter: string; readonly instantForms: ReadonlyMap<string, InstantForm> }
  | { readonly kind: "rewritten" };

/** SQL for one field: its text, and typed readings of it. */
interface FieldSql {
  readonly text: string;
  readonly isRequired: boolean;
  readonly isDay: boolean;
}

export class Composer {
  readonly bindings: Record<string, unknown> = {};
  readonly refusals: string[] = [];
  readonly #mapping: ResolvedMapping;
  readonly #form: RowForm;

  constructor(mapping: ResolvedMapping, form: RowForm) {
    this.#mapping = mapping;
    this.#form = form;
  }

  #field(name: string): FieldSql | null {
    const index = this.#mapping.sources.findIndex((source) => source.name === name);
    const source = this.#mapping.sources[index];
    if (!source) return null;
    const { type, isRequired = false } = source.field;
    if (this.#form.kind === "rewritten") return { text: `f${index}`, isRequired, isDay: type === "day" };
    const columns = source.positions.map((position) => this.#column(position));
    let text = columns.length > 1 ? `concat(${columns.join(", '-', ")})` : (columns[0] ?? "''");
    if (source.constant !== null) {
      this.bindings[`constant_${name}`] = source.constant;
      text = `{constant_${name}:String}`;
    }
    if (source.values) {
      this.bindings[`from_${name}`] = [...source.values.keys()];
      this.bindings[`to_${name}`] = [...source.values.values()];
      text = `transform(lower(${text}), {from_${name}:Array(String)}, {to_${name}:Array(String)}, ${type === "choice" ? "''" : text})`;
    }
    if (source.prefix) {
      this.bindings[`prefix_${name}`] = source.prefix;
      text = `if(${text} = '', '', concat({prefix_${name}:String}, ${text}))`;
    }
    return { text, isRequired, isDay: type === "day" };
  }

  /** A column of the file, or the value that a folder's name gives. */
  #column(position: number): string {
    const { header, pathValues } = this.#mapping;
    const inPath = position - (header.length - pathValues.length);
    if (inPath < 0) return `c${position}`;
    this.bindings[`path_${inPath}`] = pathValues[inPath];
    return `{path_${inPath}:String}`;
  }

  text(name: string): string {
    const field = this.#field(name);
    if (!field) return "''";
    if (field.isRequired) this.refusals.push(`${field.text} = ''`, `length(${field.text}) > 512`);
    return field.text;
  }

  choice(name: string, values: readonly string[]): string {
    const field = this.#field(name);
    if (!field) return "''";
    this.bindings[`known_${name}`] = values;
    this.refusals.push(`not has({known_${name}:Array(String)}, ${field.text})`);
    return field.text;
  }

  /** A choice that may be left out; then it is the first of its values. */
  optionalChoice(name: string, values: readonly string[]): string {
    const field = this.#field(name);
    if (!field) return `'${values[0]}'`;
    const given = `if(${field.text} = '', '${values[0]}', ${field.text})`;
    this.bindings[`known_${name}`] = values;
    this.refusals.push(`not has({known_${name}:Array(String)}, ${given})`);
    return given;
  }

  key(name: string): string {
    return `natural_key(${this.text(name)})`;
  }

  /** The natural id where its key is a hash, else nothing: the key itself says it. */
  hashedId(name: string, key: string): string {
    return `if(${key} < 9223372036854775808, '', ${this.#field(name)?.text ?? "''"})`;
  }

  instant(name: string): string {
    const field = this.#field(name);
    if (!field) return "null";
    const shape =
      instantShapes[this.#form.kind === "rewritten" ? "canonical" : (this.#form.instantForms.get(name) ?? "canonical")];
    const isFine = `(${shape.check(field.text, field.isDay ? everyDay.firstOn : earliestInstant)})`;
    this.refusals.push(field.isRequired ? `not ${isFine}` : `not (${field.text} = '' or ${isFine})`);
    return field.isRequired ? shape.read(field.text) : `if(${field.text} = '', null, ${shape.read(field.text)})`;
  }

  #decimal(field: FieldSql): string {
    const read = `toDecimal64OrNull(${field.text}, 6)`;
    const isBad = `(isNull(${read}) or ${field.text} in ('-', '+', '.', '-.', '+.') or abs(${read}) > 90000000000)`;
    this.refusals.push(field.isRequired ? isBad : `(${field.text} != '' and ${isBad})`);
    return read;
  }

  /** Minor units; `missing` where the field is empty or not mapped. */
  money(name: string, missing: "0" | "null" = "0"): string {
    const field = this.#field(name);
    if (!field) return missing;
    const minor = `toInt64(round(${this.#decimal(field)} * ${this.#minorPerMajor()}))`;
    return missing === "null" ? minor : `ifNull(${minor}, ${missing})`;
  }

  /** Quantity times price in minor units, rounded once. */
  amount(quantity: string, price: string): string {
    const field = this.#field(price);
    if (!field) return "0";
    return `ifNull(toInt64(round(toDecimal128(ifNull(${this.#decimal(field)}, 0), 6) * ${quantity} * ${this.#minorPerMajor()})), 0)`;
  }

  integer(name: string, missing: string): string {
    const field = this.#field(name);
    if (!field) return missing;
    const read = `toInt32OrNull(${field.text})`;
    this.refusals.push(field.isRequired ? `isNull(${read})` : `(${field.text} != '' and isNull(${read}))`);
    return `ifNull(${read}, ${missing})`;
  }

  number(name: string): string {
    const field = this.#field(name);
    return field ? `toFloat64(${this.#decimal(field)})` : "null";
  }

  flag(name: string): string {
    const field = this.#field(name);
    if (!field) return "null";
    this.refusals.push(`${field.text} not in ('', '0', '1')`);
    return `if(${field.text} = '', null, ${field.text} = '1')`;
  }

  refuse(condition: string): void {
    this.refusals.push(condition);
  }

  /** The code of a currency; empty where a file gives none. */
  #code(): string {
    const field = this.#field("currency");
    if (!field) return "''";
    // Rewritten rows have been looked at before.
    if (this.#form.kind === "rewritten") return `upper(${field.text})`;
    this.bindings.currency_codes = [...currencyCodes];
    const known = `has({currency_codes:Array(String)}, upper(${field.text}))`;
    this.refusals.push(field.isRequired ? `not ${known}` : `(${field.text} != '' and not ${known})`);
    return `upper(${field.text})`;
  }

  /** The code where it is not the shop's currency, else nothing. */
  foreignCurrency(): string {
    const code = this.#code();
    return code === "''" ? code : `if(${code} = {currency:String}, '', ${code})`;
  }

  currencyCode(): string {
    return this.#code();
  }

  /** Minor units in one major unit of the row's currency. */
  #minorPerMajor(): string {
    const field = this.#field("currency");
    if (!field) return "{minor_per_major:UInt16}";
    this.bindings.odd_currencies = Object.keys(decimalsOfCurrency);
    this.bindings.odd_minor_per_major = Object.values(decimalsOfCurrency).map((decimals) => 10 ** decimals);
    return `if(${field.text} = '', {minor_per_major:UInt16}, transform(upper(${field.text}), {odd_currencies:Array(String)}, {odd_minor_per_major:Array(UInt16)}, 100))`;
  }

  /** A rate, exact to twelve digits behind the point. */
  rate(name: string): string {
    const field = this.#field(name);
    if (!field) return "0";
    const read = `toDecimal128OrZero(${field.text}, 12)`;
    this.refusals.push(`not match(${field.text}, '^[0-9]{1,7}([.][0-9]{1,12})?$')`, `${read} = 0`, `${read} > 1000000`);
    return read;
  }

  /** Unmapped columns as a map of those that are not empty. */
  unmappedMap(): string {
    if (this.#form.kind === "rewritten") return "JSONExtract(unmapped, 'Map(String, String)')";
    const pairs = this.#mapping.unmapped.map(({ column, position }) => {
      this.bindings[`column_${position}`] = column;
      return `{column_${position}:String}, ${this.#column(position)}`;
    });
    return pairs.length === 0 ? "map()" : `mapFilter((name, value) -> value != '', map(${pairs.join(", ")}))`;
  }

  /** The JSON object of the properties column together with the unmapped columns; empty when there is nothing. */
  properties(): string {
    const own = this.#field("properties");
    if (own)
      this.refusals.push(`${own.text} != '' and not (startsWith(${own.text}, '{') and isValidJSON(${own.text}))`);
    const hasFurther = this.#form.kind === "rewritten" || this.#mapping.unmapped.length > 0;
    if (!hasFurther) return own?.text ?? "''";
    const further = `if(empty(${this.unmappedMap()}), '', toJSONString(${this.unmappedMap()}))`;
    if (!own) return further;
    const opened = `substring(trimRight(${own.text}), 1, length(trimRight(${own.text})) - 1)`;
    const comma = `if(JSONLength(${own.text}) = 0, '', ',')`;
    return `multiIf(${own.text} = '', ${further}, ${further} = '', ${own.text}, concat(${opened}, ${comma}, substring(${further}, 2)))`;
  }
}
