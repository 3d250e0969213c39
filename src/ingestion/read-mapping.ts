import { readFileSync } from "node:fs";
import { CartwrightError } from "../errors.ts";
import { type Mapping, mappingSchema } from "./mapping.ts";

/** The mapping that a file describes. @throws file_missing, mapping_invalid */
export function readMapping(path: string): Mapping {
  const outcome = mappingSchema.safeParse(readJson(path));
  if (outcome.success) return outcome.data;
  const issue = outcome.error.issues[0];
  throw new CartwrightError("mapping_invalid", `${path}: ${issue?.path.join(".")}: ${issue?.message}`);
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new CartwrightError("mapping_invalid", `${path} is not JSON: ${error.message}`);
    throw new CartwrightError("file_missing", `${path} cannot be read`, { path }, error);
  }
}
