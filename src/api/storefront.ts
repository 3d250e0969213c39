/** The storefront at `/shop/`: its page and files for anyone, and the pictures of articles. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { escapeHtml } from "../report/html.ts";
import { drawArticle, views } from "../store/pictures/draw-article.ts";
import { compressed } from "./compressed.ts";
import { parsed } from "./parsed.ts";
import { plainPage } from "./plain-page.ts";
import { text } from "./store/fields.ts";
import { jsonSchemaOf } from "./store/install.ts";

const folder = fileURLToPath(new URL("../../web/dist/shop/", import.meta.url));
const daySeconds = 24 * 3600;

const lookSchema = z.strictObject({
  type: text(60).default(""),
  colour: text(40).default(""),
  pattern: text(40).default(""),
  name: text(200).default(""),
  key: text(64).default(""),
  view: z.enum(views).default("front"),
});

const noStore = plainPage(
  "This shop has no store yet.",
  "Stop the server, run this in the shop's folder, and start the server again. It fills the store with a believable fashion shop:",
  "npx cartwright store seed",
);

/** The page with the shop's name, so that its frame can be painted before any script has run. */
async function pageOf(shopName: string): Promise<string> {
  const name = escapeHtml(shopName);
  const page = await readFile(`${folder}index.html`, "utf8");
  return page.replaceAll(">Shop<", () => `>${name}<`).replaceAll('content="Shop"', () => `content="${name}"`);
}

interface Storefront {
  /** Whether the workspace has a store; opening the page must not make one. */
  readonly exists: () => boolean;
  /** The shop's name. */
  readonly name: string;
}

export async function installStorefront(server: FastifyInstance, { exists, name }: Storefront): Promise<void> {
  server.get(
    "/shop/picture.svg",
    {
      config: { isOpen: true },
      schema: {
        operationId: "store-picture",
        summary: "A picture of an article, drawn from its attributes; the same attributes, the same picture",
        tags: ["store"],
        security: [],
        querystring: jsonSchemaOf(lookSchema),
      },
    },
    async (request, reply) => {
      const { type, ...rest } = parsed(lookSchema, request.query, "the request");
      reply.type("image/svg+xml").header("cache-control", `public, max-age=${daySeconds}`);
      return await compressed(request, reply, drawArticle({ productType: type, ...rest }));
    },
  );
  const open = { config: { isOpen: true }, schema: { hide: true } };
  server.get("/shop", open, async (_request, reply) => await reply.redirect("/shop/", 308));
  if (!existsSync(`${folder}index.html`)) return;
  const html = await pageOf(name);
  const page = async (reply: FastifyReply) => {
    if (!exists()) return await reply.code(503).type("text/html").send(noStore);
    return await reply.type("text/html; charset=utf-8").header("cache-control", "public, max-age=0").send(html);
  };
  await server.register(async (files) => {
    // Shoppers have no sign-in of the dashboard's: what belongs to the storefront is for anyone.
    files.addHook("onRoute", (route) => {
      route.config = { ...route.config, isOpen: true };
    });
    await files.register(fastifyStatic, {
      root: folder,
      prefix: "/shop/",
      wildcard: false,
      maxAge: "1y",
      immutable: true,
      index: false,
      preCompressed: true,
      globIgnore: ["index.html", "**/*.{br,gz}"],
    });
    files.get("/shop/", open, async (_request, reply) => await page(reply));
    files.get("/shop/*", open, async (_request, reply) => await page(reply));
  });
}
