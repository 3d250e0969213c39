// Retakes the pictures of docs/manual: makes the demo shop in a temporary workspace, serves it and photographs every page.
// With page names as arguments only those are taken.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "./browser.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const command = join(root, "bin", "cartwright");
const largest = 250_000;
const all = [
  "home",
  "overview",
  "sales",
  "funnel",
  "products",
  "sessions",
  "customers",
  "basket",
  "models",
  "segments",
  "experiments",
  "data",
  "people",
  "import",
];
const asked = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "cartwright-pictures-"));
const workspace = join(folder, "shop");

const ordersFile = `order_id;ordered_at;customer_id;product_id;product_name;quantity;unit_price
20251;24/12/2025 10:15;ada;kettle;Kettle;1;39,90
20252;24/12/2025 11:00;ben;mug;Mug;2;7,5O
20253;25/12/2025 09:30;cleo;mug;Mug;1;7,50
20254;31/11/2025 12:00;ada;teapot;Teapot;1;24,00
`;

/** Pages that are not an address alone: how they are brought to what the picture shows. */
const prepared = {
  import: async (/** @type {import("playwright-core").Page} */ page, /** @type {string} */ link) => {
    await page.goto(new URL("/data#import", link).href, { waitUntil: "networkidle" });
    const buffer = Buffer.from(ordersFile);
    await page.locator("input[type=file]").setInputFiles({ name: "orders-2025.csv", mimeType: "text/csv", buffer });
    await page.getByRole("heading", { name: "Refused rows" }).waitFor();
    await page.evaluate(() => document.querySelector(".mantine-Modal-inner")?.scrollTo(0, 0));
  },
};

/** Runs a command on the workspace. @param {string[]} args */
function run(...args) {
  const { status } = spawnSync(command, [...args, "--workspace", workspace], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error(`cartwright ${args.join(" ")} ended with ${status}`);
}

/** Starts the server and waits for the link it prints. */
async function serve() {
  const server = spawn(command, ["serve", "--workspace", workspace, "--port", "0"]);
  const link = await new Promise((resolve, reject) => {
    let printed = "";
    const read = (/** @type {Buffer} */ chunk) => {
      printed += chunk;
      const found = /http:\S+\/sign-in\?token=\S+/.exec(printed);
      if (found) resolve(found[0]);
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    server.once("exit", () => reject(new Error(`the server did not start: ${printed}`)));
  });
  return { server, link };
}

try {
  run("demo", "--seed", "1");
  for (const model of ["propensity", "customer-segments", "forecast"]) run("train", model);
  const { server, link } = await serve();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({
      locale: "en-GB",
      viewport: { width: 1440, height: 1000 },
      colorScheme: "light",
      reducedMotion: "reduce",
    });
    await page.goto(link);
    for (const name of asked.length > 0 ? asked : all) {
      const prepare = prepared[/** @type {keyof typeof prepared} */ (name)];
      if (prepare) await prepare(page, link);
      else {
        await page.goto(new URL(`/${name === "overview" ? "" : name}?period=90d`, link).href, {
          waitUntil: "networkidle",
        });
        await page.waitForFunction(
          () => document.querySelector(".card") && !document.querySelector("[aria-label=Loading], .lead-waiting"),
        );
      }
      // Charts glide to their places; the picture waits for the last one.
      await page.waitForTimeout(1000);
      const path = join(root, "docs", "manual", `${name}.png`);
      await page.screenshot({ path });
      const { size } = statSync(path);
      if (size > largest) throw new Error(`${name}.png has ${size} bytes, more than ${largest}`);
      process.stderr.write(`${name}.png ${Math.round(size / 1000)} kB\n`);
    }
  } finally {
    await browser.close();
    server.kill("SIGTERM");
    await new Promise((resolve) => server.once("exit", resolve));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
