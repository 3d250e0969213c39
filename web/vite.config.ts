import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { sizeBudget } from "./size-budget.ts";

const server = process.env.CARTWRIGHT_URL ?? "http://127.0.0.1:4400";

/** Builds the dashboard into `web/dist`; in development `/api` goes to a running server. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react(), sizeBudget(350_000)],
  build: {
    outDir: fileURLToPath(new URL("./dist", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 700,
    // Fonts and icons stay files of their own: the content security policy allows `data:` for images only.
    assetsInlineLimit: 0,
  },
  server: {
    port: 5173,
    proxy: { "/api": server, "/sign-in": server, "/openapi.json": server, "/docs": server },
  },
});
