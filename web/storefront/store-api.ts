/** The shop's requests. Changes carry the session's token; one that has become stale is fetched anew, once. */
import { askJson, ProblemError } from "../api.ts";
import type { Session } from "./shop-types.ts";
import { visitId } from "./visit.ts";

type Method = "POST" | "PUT" | "PATCH" | "DELETE";

let token: string | null = null;

/** Takes the token out of an answer that has one. */
function noteToken<T>(answer: T): T {
  const given = (answer as { csrf_token?: unknown } | null)?.csrf_token;
  if (typeof given === "string") token = given;
  return answer;
}

export async function get<T>(path: string, headers: Record<string, string> = {}, signal?: AbortSignal): Promise<T> {
  const options = { headers: { accept: "application/json", ...headers }, ...(signal ? { signal } : {}) };
  return noteToken(await askJson<T>(`/store${path}`, options));
}

export const getSession = (): Promise<Session> => get<Session>("/session");

async function sendOnce<T>(method: Method, path: string, body: unknown, more: Record<string, string>): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json", "x-visit-id": visitId(), ...more };
  if (token !== null) headers["x-csrf-token"] = token;
  if (body !== undefined) headers["content-type"] = "application/json";
  return noteToken(
    await askJson<T>(`/store${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
}

/** Sends a change; another tab may have changed the token, so a refusal for its sake is tried once more with the new one. */
export async function send<T>(
  method: Method,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  if (token === null) await getSession();
  try {
    return await sendOnce<T>(method, path, body, headers);
  } catch (error) {
    if (!(error instanceof ProblemError && error.problem.code === "request_refused")) throw error;
    await getSession();
    return await sendOnce<T>(method, path, body, headers);
  }
}
