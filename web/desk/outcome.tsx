import { ErrorState } from "../components/states.tsx";
import type { useDeskChange } from "./use-desk.ts";

/** What came of a change: the refusal with its remedy, or a sentence. */
export const Outcome = ({ of }: { of: Pick<ReturnType<typeof useDeskChange>, "error" | "told"> }) => (
  <>
    {of.error ? <ErrorState error={of.error} /> : null}
    <output aria-live="polite" className="desk-told">
      {of.told}
    </output>
  </>
);
