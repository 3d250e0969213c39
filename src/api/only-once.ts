/** A query names one value once. Every route that takes a single value is spared the list that a repeated name would make. */
import type { FastifyRequest, FastifySchemaCompiler } from "fastify";
import { CartwrightError } from "../errors.ts";

interface Documented {
  readonly properties?: Readonly<Record<string, { readonly type?: unknown }>>;
}

/** Refuses a repeated parameter that is not documented as a list; values themselves are checked by the declarations. */
export const onlyOnce: FastifySchemaCompiler<unknown> = ({ schema, httpPart }) => {
  if (httpPart !== "querystring") return () => true;
  const { properties = {} } = schema as Documented;
  const single = Object.keys(properties).filter((name) => properties[name]?.type !== "array");
  return (query: FastifyRequest["query"]) => {
    const given = query as Readonly<Record<string, unknown>>;
    const repeated = single.find((name) => Array.isArray(given[name]));
    if (repeated === undefined) return true;
    return {
      error: new CartwrightError("invalid_parameter", `${repeated} is given more than once`, { name: repeated }),
    };
  };
};
