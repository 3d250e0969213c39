import { ProblemError } from "../../api.ts";

interface Props {
  readonly error: unknown;
  /** Better words for a code of the API, where the page knows more. */
  readonly words?: Readonly<Record<string, string>>;
}

const sentence = (text: string): string =>
  text === "" ? "" : `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;

/** Why something was refused, beside what was tried; read out at once. Nothing without an error. */
export function Refusal({ error, words = {} }: Props) {
  if (error === null || error === undefined) return null;
  const problem = error instanceof ProblemError ? error.problem : null;
  const own = problem ? words[problem.code] : undefined;
  const text =
    own ?? (problem ? `${sentence(problem.detail)} ${sentence(problem.remedy)}` : "That did not work. Try again.");
  return (
    <p className="refusal" role="alert">
      {text}
    </p>
  );
}
