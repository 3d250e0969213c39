/** How a success other than 200 stands in the OpenAPI document: spread into a route's schema. */

const one = (status: number, description: string, schema: object) => ({
  response: { [status]: { description, ...schema } },
});

const anything = { type: "object", additionalProperties: true } as const;

export const made = one(201, "Made", anything);
export const begun = one(202, "Begun; it goes on by itself", anything);
export const gone = one(204, "Gone", { type: "null" });
