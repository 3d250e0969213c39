/** The report of the last days, mailed. */
import { currencyDecimals, type ScheduleOf } from "../../config.ts";
import { workspaceMailer } from "../../delivery/index.ts";
import { CartwrightError } from "../../errors.ts";
import { composeReport } from "../../report/make-report.ts";
import { version } from "../../version.ts";
import { addDays, dayIn } from "../../warehouse/day-range.ts";
import { dayAfterLast } from "../../warehouse/extent.ts";
import { analysisContext } from "../session.ts";
import { count, type TaskContext } from "./task-context.ts";

/** Mails to each address alone, so that nobody reads who else gets it. Whole days only: today is not over. */
export async function mailReport(
  { workspace, patiently }: TaskContext,
  { to, days }: ScheduleOf<"report">,
): Promise<string> {
  const { config, clock } = workspace;
  const context = await analysisContext(workspace);
  if (context.extent.lastDay === null)
    throw new CartwrightError("too_little_data", "there are no data yet to report on");
  const today = dayIn(clock.now(), config.time_zone);
  const known = dayAfterLast(context.extent);
  const end = known < today ? known : today;
  const { html, period, summary } = await patiently(() =>
    composeReport(context, {
      shop: config.name,
      currency: config.currency,
      decimals: currencyDecimals(config.currency),
      version,
      given: { period_start: addDays(end, -days), period_end: end },
    }),
  );
  const stale = known < today ? `\n\nThe data end on ${period.to}: nothing of a later day has been loaded yet.` : "";
  const mailer = workspaceMailer(workspace);
  for (const address of to)
    await mailer.send({
      to: address,
      subject: `${config.name}: ${period.from} to ${period.to}`,
      body: `${summary}${stale}\n\nThe whole report is attached; it opens in any browser, without a network.`,
      attachment: { name: `report-${period.to}.html`, type: "text/html", text: html },
    });
  return `${period.from} to ${period.to}, mailed to ${count(to.length, "address", "addresses")}`;
}
