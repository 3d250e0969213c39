import { ProblemError } from "../../api.ts";

const idOf = (error: unknown): string =>
  error instanceof ProblemError ? error.problem.instance.replace(/^urn:uuid:/, "").slice(0, 13) : "–";

/** What failed, what to do, and an id to quote. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem = error instanceof ProblemError ? error.problem : null;
  return (
    <div className="notice notice-bad" role="alert">
      <p className="notice-what">{problem?.title ?? "This page could not be shown"}</p>
      <p>{problem ? problem.detail : "Something in the page failed. Load it again."}</p>
      {problem && problem.status > 0 ? (
        <p className="small muted">If you write to us, name the id {idOf(error)}.</p>
      ) : null}
      {onRetry ? (
        <button type="button" className="button quiet" onClick={onRetry}>
          Try again
        </button>
      ) : null}
    </div>
  );
}
