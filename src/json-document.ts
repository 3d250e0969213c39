/** JSON a person writes, with comments and trailing commas: its value as a schema wants it, or what is wrong and where. */
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { z } from "zod";

export type JsonDocument<T> =
  | { readonly kind: "valid"; readonly value: T }
  /** `line` counts from 1; `given` is what was read, and undefined where the text is no JSON. */
  | { readonly kind: "wrong"; readonly line: number; readonly message: string; readonly given: unknown };

type Path = readonly (string | number)[];

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

function toValue(node: Node): unknown {
  if (node.type === "object") {
    return Object.fromEntries(
      (node.children ?? []).map((pair) => [pair.children?.[0]?.value, pair.children?.[1] && toValue(pair.children[1])]),
    );
  }
  return node.type === "array" ? (node.children ?? []).map(toValue) : node.value;
}

/** The names an object may have at a place of the schema; empty where the schema does not say. */
function namesAt(schema: z.ZodType, path: Path): readonly string[] {
  const shape: unknown = Reflect.get(schema, "shape");
  return path.length === 0 && typeof shape === "object" && shape !== null ? Object.keys(shape) : [];
}

/**
 * Reads a text.
 *
 * @param word what an entry of the document is called in messages, such as "setting"
 */
export function readJsonDocument<T>(text: string, schema: z.ZodType<T>, word: string): JsonDocument<T> {
  const problems: ParseError[] = [];
  const tree = parseTree(text, problems, { allowTrailingComma: true });
  const [problem] = problems;
  if (problem || !tree) {
    const what = problem ? printParseErrorCode(problem.error) : "empty file";
    const line = lineAt(text, problem?.offset ?? 0);
    return { kind: "wrong", line, message: `not valid JSON (${what})`, given: undefined };
  }
  const given = toValue(tree);
  const outcome = schema.safeParse(given);
  if (outcome.success) return { kind: "valid", value: outcome.data };
  const [issue] = outcome.error.issues;
  if (!issue) throw outcome.error;
  const path = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  const nearest = (at: Path): Node | undefined =>
    findNodeAtLocation(tree, [...at]) ?? (at.length > 0 ? nearest(at.slice(0, -1)) : undefined);
  const wrongAt = (at: Path, message: string) =>
    ({ kind: "wrong", line: lineAt(text, nearest(at)?.offset ?? 0), message, given }) as const;
  if (issue.code === "unrecognized_keys") {
    const at = [...path, issue.keys[0] ?? ""];
    const known = namesAt(schema, path);
    const list = known.length > 0 ? `; known: ${known.join(", ")}` : "";
    return wrongAt(at, `unknown ${word} "${at.join(".")}"${list}`);
  }
  const node = findNodeAtLocation(tree, path);
  const where = path.length > 0 ? `${path.join(".")}: ` : "";
  return wrongAt(path, `${where}${issue.message}${node ? `, got ${JSON.stringify(toValue(node))}` : ""}`);
}
