import { textOf } from "../values.ts";
import type { Answers, LeadContext } from "./sentences.ts";

/** What the shop has on trial, in one sentence. */
export function experimentsSentence(answers: Answers, { format }: LeadContext): string {
  const rows = answers.experiments ?? [];
  const having = (status: string): number => rows.filter((row) => row.status === status).length;
  if (rows.length === 0) return "There are 0 experiments so far; plan the first one below.";
  const latest = rows.find((row) => row.status === "decided");
  const taken = latest ? `; the last decision was “${textOf(latest.decision)}” in ${textOf(latest.title)}` : "";
  const all = `${format.count(rows.length)} ${rows.length === 1 ? "experiment" : "experiments"}`;
  return `${all}: ${format.count(having("running"))} running, ${format.count(having("stopped"))} waiting for a decision${taken}.`;
}
