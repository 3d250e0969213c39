/** `cartwright mcp`: an assistant starts it and asks over standard input and output. */
import { once } from "node:events";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { Command } from "commander";
import { createAssistantServer } from "../mcp/index.ts";
import { say } from "./output.ts";
import { analysisContext, inWorkspace } from "./session.ts";

export function mcpCommand(): Command {
  return new Command("mcp")
    .description("answer an assistant over the Model Context Protocol on standard input and output, read-only")
    .option("--workspace <folder>", "the workspace's folder")
    .action(async (flags: { workspace?: string }) => {
      await inWorkspace(flags, "mcp", async (workspace) => {
        const home = {
          own: workspace,
          config: workspace.config,
          context: async () => await analysisContext(workspace),
        };
        const serving = serveStdio(async () => await createAssistantServer(home), {
          onerror: (error) => say(`a request failed: ${error.message}`),
        });
        await once(process.stdin, "close");
        await serving.close();
      });
    });
}
