/** `cartwright store mailing`: mails to carts left behind, with a control group, and what they brought. */
import { Command } from "commander";
import { mailingReadout } from "../store/mail/mailing-readout.ts";
import { runQuery } from "../store/query.ts";
import { createStore } from "../store/store.ts";
import { numberOption } from "./number-option.ts";
import { formatRows, print, say } from "./output.ts";
import { type StoreFlags, storeCommandOf, withStore } from "./store-session.ts";

interface SendFlags extends StoreFlags {
  readonly controlRate: string;
  readonly windowDays: string;
  readonly dryRun?: boolean;
}

const counts = [
  "mailed_count",
  "control_count",
  "without_address_count",
  "without_consent_count",
  "inactive_count",
] as const;

const send = () =>
  storeCommandOf("send", "mail the carts left behind that are in no mailing yet, but for a control group")
    .option("--control-rate <share>", "share of the carts that gets no mail, 0 to 0.5", "0.15")
    .option("--window-days <days>", "days in which an order of the cart counts, 1 to 90", "7")
    .option("--dry-run", "count, and change nothing")
    .action(
      async (flags: SendFlags) =>
        await withStore(flags, "mailing send", async ({ config }, connection) => {
          const store = createStore(connection);
          await store.detectAbandonedCarts();
          const made = await store.mailAbandonedCarts({
            controlRate: numberOption("control-rate", flags.controlRate),
            windowDays: numberOption("window-days", flags.windowDays),
            actor: "command line",
            link: `${config.store.address}/shop/cart`,
            isPreview: flags.dryRun === true,
          });
          await print(formatRows([made], ["mailing_id", ...counts], flags.format));
          if (made.mailing_id !== null) say("the mails are queued; a running server hands them over");
        }),
    );

const list = () =>
  storeCommandOf("list", "mailings with both groups, and their difference with its interval of 95 %").action(
    async (flags: StoreFlags) =>
      await withStore(flags, "mailing list", async (_, connection) => {
        const rows = (await runQuery(connection, "mailings", { most: 200 })).map((row) => {
          const {
            recovered_rate_difference: rate,
            revenue_per_cart_difference: revenue,
            ...read
          } = mailingReadout(row);
          return {
            ...row,
            ...read,
            rate_difference: rate?.effect ?? null,
            rate_difference_lower: rate?.lower ?? null,
            rate_difference_upper: rate?.upper ?? null,
            revenue_difference_minor: revenue?.effect ?? null,
            revenue_difference_lower_minor: revenue?.lower ?? null,
            revenue_difference_upper_minor: revenue?.upper ?? null,
          };
        });
        await print(formatRows(rows, [...columns], flags.format));
      }),
  );

const columns = [
  "mailing_id",
  "created_at",
  "is_over",
  ...counts.slice(0, 2),
  "mailed_recovered_count",
  "control_recovered_count",
  "mailed_revenue_minor",
  "control_revenue_minor",
  "rate_difference",
  "rate_difference_lower",
  "rate_difference_upper",
  "revenue_difference_minor",
  "revenue_difference_lower_minor",
  "revenue_difference_upper_minor",
] as const;

export function mailingCommand(): Command {
  return new Command("mailing")
    .description("mails to carts left behind, with a control group that gets none")
    .addCommand(send())
    .addCommand(list());
}
