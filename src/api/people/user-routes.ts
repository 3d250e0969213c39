/** The users of the workspace and their sessions, for administrators. */
import type { FastifyInstance } from "fastify";
import type { Credentials } from "../credentials.ts";
import { gone, made } from "../documented-answer.ts";
import { roles } from "../role.ts";
import { mustNotOutlive } from "../tokens.ts";
import { longestEmail, longestName, parseChangedUser, parseNewUser } from "./user-request.ts";
import { linkHours, type MadeLink } from "./users.ts";

const tags = ["people"];
const config = { role: "admin" } as const;

interface ById {
  Params: { id: string };
}

/** The link as it is shown once: where a person chooses a password. */
export const linkOf = ({ user, secret, expires_at }: MadeLink) => ({
  id: user.id,
  path: `/password?token=${secret}`,
  expires_at,
});

const roleSchema = { type: "string", enum: [...roles] };

export function installUserRoutes(server: FastifyInstance, credentials: Credentials): void {
  const { users, sessions } = credentials;
  server.get(
    "/api/v1/users",
    { config, schema: { operationId: "list-users", summary: "Users with their roles and last sign-ins", tags } },
    () => ({ rows: users.list() }),
  );

  server.post(
    "/api/v1/users",
    {
      config: { ...config, problems: ["user_exists", "outlives_token"] },
      schema: {
        ...made,
        operationId: "invite-user",
        summary: "Make a user, and a link to choose a password; it is shown once",
        description: `The link works once, for ${linkHours} hours. A token with an end cannot invite.`,
        tags,
        body: {
          type: "object",
          properties: {
            name: { type: "string", minLength: 1, maxLength: longestName, description: "What the user is called" },
            email: { type: "string", maxLength: longestEmail, description: "Address to sign in with" },
            role: { ...roleSchema, default: "viewer" },
          },
          required: ["name", "email"],
        },
      },
    },
    async (request, reply) => {
      mustNotOutlive(request.tokenEnd);
      const made = users.invite(parseNewUser(request.body), request.principal?.name ?? "unknown");
      return reply.code(201).send(linkOf(made));
    },
  );

  server.post<ById>(
    "/api/v1/users/:id/link",
    {
      config: { ...config, problems: ["user_disabled"] },
      schema: {
        ...made,
        operationId: "link-user",
        summary: "A new link to choose a password, when the first is lost or the password forgotten",
        description: "The link before ends; the password stays until the link is used. A token with an end cannot ask.",
        tags,
      },
    },
    async (request, reply) => {
      mustNotOutlive(request.tokenEnd);
      return reply.code(201).send(linkOf(users.renewLink(request.params.id)));
    },
  );

  server.post<ById>(
    "/api/v1/users/:id",
    {
      config: { ...config, problems: ["user_exists", "user_disabled"] },
      schema: {
        ...gone,
        operationId: "change-user",
        summary: "Change a user's role, or disable or enable the user; either ends the user's sessions",
        description: "A token with an end may disable, and nothing else.",
        tags,
        body: {
          type: "object",
          properties: { role: roleSchema, is_disabled: { type: "boolean" } },
        },
      },
    },
    async (request, reply) => {
      const { role, is_disabled } = parseChangedUser(request.body);
      const { id } = users.find(request.params.id);
      if (role !== undefined || is_disabled === false) mustNotOutlive(request.tokenEnd);
      if (role !== undefined) users.setRole(id, role);
      if (is_disabled !== undefined) users.setDisabled(id, is_disabled);
      return reply.code(204).send();
    },
  );

  server.get(
    "/api/v1/sessions",
    {
      config,
      schema: { operationId: "list-sessions", summary: "Browsers that are signed in, latest first", tags },
    },
    (request) => {
      const own = request.session.get("secret");
      const current = own === undefined ? null : sessions.accept(own);
      return { rows: sessions.list().map((session) => ({ ...session, is_this: session.id === current?.id })) };
    },
  );

  server.delete<ById>(
    "/api/v1/sessions/:id",
    { config, schema: { ...gone, operationId: "revoke-session", summary: "Sign one browser out", tags } },
    async (request, reply) => {
      sessions.revoke(request.params.id);
      return reply.code(204).send();
    },
  );

  server.delete<ById>(
    "/api/v1/users/:id/sessions",
    { config, schema: { operationId: "revoke-sessions", summary: "Sign a user out everywhere", tags } },
    async (request) => {
      const { id } = users.find(request.params.id);
      return { ended_count: sessions.revokeAllOf(id) };
    },
  );
}
