/** The bytes of a collecting request: unpacked within a bound, read as JSON. */
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { CartwrightError } from "../errors.ts";
import { parseExactly } from "../ingestion/exact-json.ts";

const unpack = promisify(gunzip);

/** Most bytes of a request as sent, and as unpacked. */
export const mostSentBytes = 2 * 1024 * 1024;
export const mostUnpackedBytes = 16 * 1024 * 1024;

/** @throws request_too_large when it unpacks to more than the bound, invalid_parameter when it is no JSON object */
export async function readCollectBody(bytes: Buffer, encoding: string | undefined): Promise<Record<string, unknown>> {
  const text = (await plain(bytes, encoding)).toString("utf8");
  let value: unknown;
  try {
    value = parseExactly(text);
  } catch {
    throw new CartwrightError("invalid_parameter", "the body is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new CartwrightError("invalid_parameter", "the body is not a JSON object");
  return value as Record<string, unknown>;
}

async function plain(bytes: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (encoding === undefined || encoding === "identity") return bytes;
  if (encoding !== "gzip")
    throw new CartwrightError("invalid_parameter", `the body is packed as ${encoding}; gzip and none are understood`);
  try {
    return await unpack(bytes, { maxOutputLength: mostUnpackedBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
      throw new CartwrightError("request_too_large", `the body unpacks to more than ${mostUnpackedBytes} bytes`, {
        most: `${mostUnpackedBytes} bytes unpacked`,
      });
    }
    throw new CartwrightError("invalid_parameter", "the body is not gzip, though it says so");
  }
}
