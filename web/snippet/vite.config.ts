import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { sizeBudget } from "../size-budget.ts";

/** Builds the script for shops' pages: one file that runs as it is, at most 3 kB compressed. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  publicDir: false,
  plugins: [sizeBudget(3000)],
  build: {
    lib: {
      entry: fileURLToPath(new URL("./cartwright.ts", import.meta.url)),
      formats: ["iife"],
      name: "cartwrightSnippet",
      fileName: () => "cartwright.js",
    },
    outDir: fileURLToPath(new URL("../dist/snippet", import.meta.url)),
    target: "es2022",
    emptyOutDir: false,
  },
});
