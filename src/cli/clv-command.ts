/** `cartwright clv`: customer lifetime value out of a file of purchases, without a workspace. */
import { Command, Option } from "commander";
import { CartwrightError } from "../errors.ts";
import { expectedPurchases, fitBgNbd, probabilityAlive } from "../ml/clv/bg-nbd.ts";
import { expectedMeanValue, fitGammaGamma } from "../ml/clv/gamma-gamma.ts";
import { discountedValue } from "../ml/clv/lifetime-value.ts";
import { fitParetoNbd } from "../ml/clv/pareto-nbd.ts";
import { type ObservedShop, readHistories, type TimeUnit, unitDays } from "../ml/clv/read-histories.ts";
import { onlyColumns, readTable } from "../tables/read-table.ts";
import { formatOption, printAnswer, wholeNumber } from "./answer.ts";
import { formatRows, type OutputFormat, print, say } from "./output.ts";

interface Flags {
  readonly input: string;
  readonly customer: string;
  readonly date: string;
  readonly value?: string;
  readonly dateFormat?: string;
  readonly calibrationEnd?: string;
  readonly observationEnd?: string;
  readonly timeUnit: TimeUnit;
  readonly format: OutputFormat;
}

async function readShop(flags: Flags): Promise<ObservedShop> {
  const wanted = [flags.customer, flags.date, ...(flags.value === undefined ? [] : [flags.value])];
  const table = await readTable(flags.input, onlyColumns(flags.input, wanted));
  const columns = {
    customer: flags.customer,
    date: flags.date,
    value: flags.value ?? null,
    dateFormat: flags.dateFormat ?? null,
  };
  return readHistories(table, columns, flags.calibrationEnd ?? null, flags.observationEnd ?? null, flags.timeUnit);
}

async function fit(flags: Flags & { readonly pareto?: boolean }): Promise<void> {
  const { customers, calibrationEnd, observationEnd } = await readShop(flags);
  const { r, alpha, a, b, logLikelihood, status } = fitBgNbd(customers);
  const spending = flags.value === undefined ? null : fitGammaGamma(customers);
  const pareto = flags.pareto ? fitParetoNbd(customers) : null;
  const ahead = (observationEnd - calibrationEnd) / unitDays[flags.timeUnit];
  const expected = customers.reduce((sum, one) => sum + expectedPurchases({ r, alpha, a, b }, one, ahead), 0);
  if (status !== "converged")
    say(`BG/NBD: ${status.replaceAll("_", " ")}; the customers are too few or too much alike to tell every parameter`);
  await printAnswer(
    {
      bg_nbd: { r, alpha, a, b, log_likelihood: logLikelihood, status },
      gamma_gamma: spending && {
        p: spending.p,
        q: spending.q,
        v: spending.v,
        log_likelihood: spending.logLikelihood,
        status: spending.status,
      },
      ...(pareto && {
        pareto_nbd: {
          r: pareto.r,
          alpha: pareto.alpha,
          s: pareto.s,
          beta: pareto.beta,
          log_likelihood: pareto.logLikelihood,
          status: pareto.status,
        },
      }),
      customer_count: customers.length,
      repeat_customer_count: customers.filter(({ x }) => x > 0).length,
      holdout:
        ahead > 0
          ? {
              actual_order_count: customers.reduce((sum, one) => sum + one.holdoutCount, 0),
              expected_order_count: expected,
            }
          : null,
    },
    flags.format,
  );
}

interface PredictFlags extends Flags {
  readonly horizonDays: string;
  readonly discountRate: string;
}

const monthDays = unitDays.month;

async function predict(flags: PredictFlags): Promise<void> {
  const horizonDays = wholeNumber("--horizon-days", flags.horizonDays, 1, 36_500);
  const monthlyRate = Number(flags.discountRate);
  if (!(monthlyRate >= 0 && monthlyRate < 1)) {
    throw new CartwrightError(
      "invalid_parameter",
      `--discount-rate must be from 0 to below 1, got "${flags.discountRate}"`,
    );
  }
  const { customers } = await readShop(flags);
  const model = fitBgNbd(customers);
  const spending = flags.value === undefined ? null : fitGammaGamma(customers);
  const repeats = customers.filter(({ x, mean }) => x > 0 && mean > 0);
  const populationMean = repeats.reduce((sum, { mean }) => sum + mean, 0) / Math.max(1, repeats.length);
  const days = unitDays[flags.timeUnit];
  const discounting = { months: horizonDays / monthDays, monthLength: monthDays / days, monthlyRate };
  const rows = customers.map((one) => {
    const value = spending === null ? null : expectedMeanValue(spending, one, populationMean);
    return {
      customer_id: one.customer,
      frequency: one.x,
      recency: one.tx,
      T: one.T,
      p_alive_rate: probabilityAlive(model, one),
      expected_order_count: expectedPurchases(model, one, horizonDays / days),
      expected_average_value: value,
      clv: value === null ? null : discountedValue(model, one, value, discounting),
    };
  });
  const names = Object.keys(rows[0] ?? {});
  await print(formatRows(rows, names, flags.format));
}

function withColumns(command: Command): Command {
  return command
    .requiredOption("--input <file>", "a row for each purchase")
    .requiredOption("--customer <column>", "who bought")
    .requiredOption("--date <column>", "when; purchases of a customer on one day are one")
    .option("--value <column>", "the amount; with it, what customers spend is learnt too")
    .option("--date-format <form>", "such as YYYYMMDD or DD.MM.YYYY (default: YYYY-MM-DD or YYYYMMDD)")
    .option("--calibration-end <day>", "the last day to learn from (default: the last there is)")
    .option("--observation-end <day>", "the last day to check against (default: the last there is)")
    .addOption(
      new Option("--time-unit <unit>", "unit of ages and rates").choices(Object.keys(unitDays)).default("week"),
    )
    .addOption(formatOption());
}

export function clvCommand(): Command {
  const command = new Command("clv").description("customer lifetime value out of a file of purchases");
  withColumns(command.command("fit").description("fit BG/NBD and Gamma-Gamma, and check them on later purchases"))
    .option("--pareto", "fit Pareto/NBD too")
    .action(fit);
  withColumns(command.command("predict").description("for each customer: alive or not, purchases and value to expect"))
    .option("--horizon-days <number>", "how far to look", "365")
    .option("--discount-rate <rate>", "by how much a month's money is worth less than the one's before", "0.01")
    .action(predict);
  return command;
}
