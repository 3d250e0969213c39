/** What a tool answers: JSON, or in place of it what is wrong with the request and what to do. */
import type { CallToolResult } from "@modelcontextprotocol/server";
import { toCartwrightError } from "../errors.ts";

/** Carries out a request; an error becomes an answer that the assistant can mend its request by. */
export async function answering(work: () => Promise<Readonly<Record<string, unknown>>>): Promise<CallToolResult> {
  try {
    const structuredContent = { ...(await work()) };
    return { content: [{ type: "text", text: JSON.stringify(structuredContent) }], structuredContent };
  } catch (error) {
    const { code, title, message, remedy, status } = toCartwrightError(error);
    // What is not the asker's mistake may hold paths and addresses.
    const detail = status >= 500 ? "" : `: ${message}`;
    return { isError: true, content: [{ type: "text", text: `${title} (${code})${detail}. ${remedy}` }] };
  }
}
