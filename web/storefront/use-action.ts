import { useState } from "react";

/** One thing a person does: whether it is under way, and why it failed. A second click meanwhile does nothing. */
export function useAction() {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  return {
    isBusy,
    error,
    clear: () => setError(null),
    /** @returns whether it went well */
    run: async (work: () => Promise<unknown>): Promise<boolean> => {
      if (isBusy) return false;
      setBusy(true);
      setError(null);
      try {
        await work();
        return true;
      } catch (failed) {
        setError(failed);
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
