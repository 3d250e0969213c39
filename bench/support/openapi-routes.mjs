// The operations of an OpenAPI document in the form requests are made from, with what each may answer.
import { z } from "zod";

/** @typedef {import("./schema-requests.mjs").Schema} Schema */
/** @typedef {{ name: string, method: string, url: string, bodyType: string | undefined, role: string | undefined, schemas: import("./schema-requests.mjs").Schemas, statuses: ReadonlySet<number>, schemaOf: (status: number) => z.ZodType | null }} ApiRoute */
/** @typedef {{ in: string, name: string, required?: boolean, schema: Schema }} Parameter */
/** @typedef {{ content?: Record<string, { schema?: Schema }> }} Content */
/** @typedef {{ operationId: string, parameters?: Parameter[], requestBody?: Content, responses: Record<string, Content>, "x-role"?: string }} Operation */

/** @param {readonly Parameter[]} parameters @param {string} place @returns {Schema} */
const objectOf = (parameters, place) => {
  const there = parameters.filter((one) => one.in === place);
  return {
    type: "object",
    properties: Object.fromEntries(there.map(({ name, schema }) => [name, schema])),
    required: there.filter((one) => one.required).map(({ name }) => name),
  };
};

/** Schemas of the JSON answers by status, made when first asked for; null for a status that documents none. @param {Operation} operation */
function answersOf({ responses }) {
  /** @type {Map<number, z.ZodType | null>} */
  const made = new Map();
  return (/** @type {number} */ status) => {
    const known = made.get(status);
    if (known !== undefined) return known;
    const schema = responses[status]?.content?.["application/json"]?.schema;
    const answer = schema === undefined ? null : z.fromJSONSchema(/** @type {any} */ (schema));
    made.set(status, answer);
    return answer;
  };
}

/** @param {{ paths: Record<string, Record<string, Operation>> }} document @returns {ApiRoute[]} */
export const routesOf = ({ paths }) =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const { operationId, parameters = [], requestBody, responses } = operation;
      const [bodyType, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
      return {
        name: operationId,
        method: method.toUpperCase(),
        url: path.replace(/\{(\w+)\}/g, ":$1"),
        bodyType: bodyType === "application/json" ? undefined : bodyType,
        role: operation["x-role"],
        schemas: {
          params: objectOf(parameters, "path"),
          query: objectOf(parameters, "query"),
          body: body ? (body.schema ?? {}) : undefined,
        },
        statuses: new Set(Object.keys(responses).map(Number)),
        schemaOf: answersOf(operation),
      };
    }),
  );
