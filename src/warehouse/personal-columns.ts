/**
 * What a question may not see of people, declared once: the columns of landed rows that the user `reader` has no right to, and the
 * functions by which what is built from them is masked.
 */

/** By table: where somebody can be reached and lives, and texts that may say so. Analyses, the SQL console and own analyses lack them. */
export const hiddenColumns: Readonly<Record<string, readonly string[]>> = {
  stg_customers: ["email", "address", "postal_code", "attributes"],
  ops_rejects: ["value", "raw", "reason"],
  customer_emails: ["email"],
  identity_records: ["address_hash"],
  next_identity_records: ["address_hash"],
};

/** Columns of built tables that hold a mask; beside them `attributes`, each value by its name. */
export const maskedColumns: Readonly<Record<string, readonly string[]>> = {
  dim_customer: ["email", "address", "postal_code"],
};

/** Statements that take the columns from a user; ClickHouse keeps them as exceptions of what was granted. */
export const revocations = (database: string, user?: string): readonly string[] =>
  Object.entries(hiddenColumns).map(
    ([table, columns]) =>
      `REVOKE SELECT(${columns.join(", ")}) ON ${database}.${table}${user === undefined ? "" : ` FROM ${user}`}`,
  );

/** A mask of a mask is the same mask, so that what is masked already may be masked again. */
export const maskFunctions: readonly string[] = [
  // a***@example.com
  `create or replace function mask_email as (email) -> if(email = '', '', concat(
    leftUTF8(email, 1), '***', if(position(email, '@') = 0, '', substring(email, position(email, '@')))))`,
  // 12***
  "create or replace function mask_start as (text) -> if(text = '', '', concat(leftUTF8(text, 2), '***'))",
  // Every address within a text.
  `create or replace function mask_emails as (text) -> if(position(text, '@') = 0, text,
    replaceRegexpAll(text, '([^\\\\s@"<>(),;:*]{1})[^\\\\s@"<>(),;:*]*@([\\\\w-]+\\\\.)', '\\\\1***@\\\\2'))`,
  // What sources call further attributes: by their names a way to reach somebody, else a text.
  `create or replace function mask_attributes as (attributes) -> mapApply((name, value) -> (name,
    if(match(name, '(?i)mail|phone|mobile|address|street|postal|postcode|zip'), mask_start(value), mask_emails(value))), attributes)`,
];
