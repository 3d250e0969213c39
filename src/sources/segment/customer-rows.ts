/** The row of one identify or alias call. */

import { firstText, isObject, type JsonObject, objectAt, textOf, without } from "../json-values.ts";
import type { customerColumns } from "./columns.ts";

export type CustomerRow = Readonly<Record<(typeof customerColumns)[number], string>>;

const traitKeys = {
  email: ["email"],
  city: ["city"],
  region: ["state", "region"],
  postal_code: ["postalCode", "postal_code", "zip"],
  country: ["country"],
  gender: ["gender"],
  age: ["age"],
  registered_at: ["createdAt", "created_at"],
} as const;
const nameKeys = ["name", "firstName", "lastName", "first_name", "last_name"] as const;
const taken = new Set<string>([...Object.values(traitKeys).flat(), ...nameKeys, "address", "street"]);

const empty = Object.fromEntries(
  ["alias_id", "name", "address", ...Object.keys(traitKeys)].map((column) => [column, ""]),
) as Omit<CustomerRow, "customer_id" | "message_id">;

/** What an identify call says of a customer: known traits in their columns, all others as attributes. */
export function identifyRow(
  message: JsonObject,
  id: string,
  customerId: string,
): { row: CustomerRow; attributes: JsonObject } {
  const traits = { ...objectAt(objectAt(message, "context"), "traits"), ...objectAt(message, "traits") };
  const address = isObject(traits.address) ? traits.address : {};
  const places = { ...address, ...traits };
  const columns = Object.fromEntries(
    Object.entries(traitKeys).map(([column, keys]) => [column, firstText(places, keys)]),
  );
  const parts = [firstText(traits, ["firstName", "first_name"]), firstText(traits, ["lastName", "last_name"])];
  const row = {
    ...empty,
    ...columns,
    customer_id: customerId,
    message_id: id,
    name: textOf(traits.name) || parts.filter((part) => part !== "").join(" "),
    address: isObject(traits.address) ? firstText(address, ["street"]) : textOf(traits.address),
  };
  const anonymous = textOf(message.anonymousId);
  // Who is known by an anonymous id alone has no account: the id stands for itself.
  const isOther = anonymous !== customerId || textOf(message.userId) === "";
  const attributes = {
    ...without(traits, taken),
    ...(anonymous !== "" && isOther ? { anonymous_id: anonymous } : {}),
  };
  return { row, attributes };
}

/** An alias call: orders that name the customer by the previous id are this customer's. */
export const aliasRow = (id: string, customerId: string, previousId: string): CustomerRow => ({
  ...empty,
  message_id: id,
  customer_id: customerId,
  alias_id: previousId,
});
