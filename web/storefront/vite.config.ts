import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { sizeBudget } from "../size-budget.ts";
import { tokensCss } from "./tokens.ts";

const server = process.env.CARTWRIGHT_URL ?? "http://localhost:4000";
const toServer = { target: server, changeOrigin: true, headers: { origin: server } };
const sheet = "virtual:tokens.css";

/** The tokens as a style sheet, so that the page has its colours before any script has run. */
const tokens: Plugin = {
  name: "tokens",
  resolveId: (id) => (id === sheet ? `\0${sheet}` : null),
  load: (id) => (id === `\0${sheet}` ? tokensCss() : null),
};

/** Builds the storefront into `web/dist/shop`, apart from the dashboard: shoppers load nothing of it. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/shop/",
  plugins: [react(), tokens, sizeBudget(200_000)],
  build: {
    outDir: fileURLToPath(new URL("../dist/shop", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
  },
  server: { port: 5174, proxy: { "/api": toServer, "/shop/picture.svg": toServer } },
});
