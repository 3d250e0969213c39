/** Assistants: a read-only server of the Model Context Protocol over the catalogue. */
export { type AssistantHome, createAssistantServer } from "./assistant-server.ts";
