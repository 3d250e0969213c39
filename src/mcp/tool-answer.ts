/** What a tool answers: JSON, or in place of it what is wrong with the request and what to do. */
import type { CallToolResult } from "@modelcontextprotocol/server";
import { toCartwrightError } from "../errors.ts";
import { masked } from "../warehouse/mask.ts";

/** Carries out a request, and masks e-mail addresses: whoever asks, what an assistant reads goes to another company. An error becomes an answer that the assistant can mend its request by. */
export async function answering(work: () => Promise<Readonly<Record<string, unknown>>>): Promise<CallToolResult> {
  try {
    const structuredContent = masked(await work()) as Readonly<Record<string, unknown>>;
    return { content: [{ type: "text", text: JSON.stringify(structuredContent) }], structuredContent };
  } catch (error) {
    const { code, title, message, remedy, status } = toCartwrightError(error);
    // What is not the asker's mistake may hold paths and addresses.
    const detail = status >= 500 ? "" : `: ${message}`;
    return { isError: true, content: [{ type: "text", text: `${title} (${code})${detail}. ${remedy}` }] };
  }
}
