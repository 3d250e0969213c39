/** The import in hand: where it is, how it is changed, and whether its wizard is open. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { getJson, sendJson } from "../api.ts";
import { parseSearch } from "../search-params.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import type { CurrentImport, ImportForms, ImportInHand } from "./import-types.ts";
import { sendFile } from "./send-file.ts";

const key = ["import"];
const pollMs = 500;
const isMoving = (one: ImportInHand | null): boolean =>
  one !== null && ["uploading", "checking", "loading"].includes(one.step);

/** Files are imported by admins; who opened a shared link is none. */
export function useMayImport(): boolean {
  const { session, shared } = useWorkspace();
  return shared === null && session.user.role === "admin";
}

/** Looks at the import in hand, often while something is under way; what it brought is then asked for anew. */
export function useCurrentImport() {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => getJson<CurrentImport>("/imports/current", signal),
    enabled: useMayImport(),
    staleTime: 0,
    refetchInterval: ({ state }) => (isMoving(state.data?.current ?? null) ? pollMs : false),
  });
  const batch = query.data?.current?.batch;
  const brought = batch ? `${batch.batch_key} ${batch.state}` : null;
  useEffect(() => {
    if (brought !== null) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== key[0] });
  }, [brought, client]);
  return query;
}

/** What a file can be understood as. */
export const useImportForms = () =>
  useQuery({
    queryKey: ["import-forms"],
    queryFn: ({ signal }) => getJson<ImportForms>("/imports/forms", signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Changes of the import in hand, one at a time; the last refusal stays until the next change. */
export function useImportChange() {
  const { session } = useWorkspace();
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async <T>(work: () => Promise<T>): Promise<T | null> => {
    setBusy(true);
    setError(null);
    try {
      return await work();
    } catch (failed) {
      if (!(failed instanceof DOMException && failed.name === "AbortError")) setError(failed);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const show = async (current: ImportInHand | null): Promise<void> => {
    // An answer from before the change, still on its way, would take its place; and without an import nothing asks again.
    await client.cancelQueries({ queryKey: key });
    client.setQueryData<CurrentImport>(key, (known) => ({ max_file_bytes: known?.max_file_bytes ?? 0, current }));
  };
  return {
    isBusy,
    error,
    setError,
    /** Sends a change below `/imports`, and shows the import as it is then. */
    send: (path: string, body?: object) =>
      run(async () => await show(await sendJson<ImportInHand>("POST", `/imports/${path}`, session, body))),
    upload: (file: File, signal: AbortSignal, onShare: (share: number) => void) =>
      run(async () => await show(await sendFile(file, { session, signal, onShare }))),
    /** Gives the import up, or closes its result. */
    discard: (id: string) =>
      run(async () => {
        await sendJson<null>("DELETE", `/imports/${id}`, session);
        await show(null);
      }),
    /** Takes a batch back; every answer is then asked for anew. */
    undo: (batchKey: number) =>
      run(async () => {
        const undone = await sendJson<{ state: string }>("POST", `/imports/batches/${batchKey}/undo`, session);
        await client.invalidateQueries();
        return undone;
      }),
  };
}

/** Whether the wizard is open: it stands in the address, so that a page loaded again opens it again. */
export function useWizard(): { readonly isOpen: boolean; readonly open: () => void; readonly close: () => void } {
  const { hash, searchStr } = useLocation();
  const navigate = useNavigate();
  const go = (to: string): void =>
    void navigate({ to: ".", search: parseSearch(searchStr) as never, hash: to, resetScroll: false });
  return { isOpen: hash === "import", open: () => go("import"), close: () => go("") };
}
