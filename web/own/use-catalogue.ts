/** Every analysis there is: the built-in ones, and those of the workspace's own, which come and go with their files. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { getOwnAnalyses, type OwnAnalyses } from "../api.ts";
import type { CatalogueEntry } from "../catalogue-types.ts";
import { catalogue } from "../generated/catalogue.ts";
import { useWorkspace } from "../shell/workspace.tsx";

const none: OwnAnalyses = { rows: [], faults: [] };

/** How long a change of a file may stay unseen while a page is open; who comes back from an editor sees it at once. */
const everyMs = 5000;

/** The workspace's own analyses, and those that are wrong. A shared link brings along what its cards show. */
export function useOwnAnalyses(): OwnAnalyses {
  const { shared } = useWorkspace();
  const { data } = useQuery({
    queryKey: ["own-analyses"],
    queryFn: ({ signal }) => getOwnAnalyses(signal),
    enabled: shared === null,
    staleTime: everyMs,
    refetchInterval: everyMs,
    refetchOnWindowFocus: true,
  });
  return useMemo(() => (shared ? { rows: shared.own_analyses, faults: [] } : (data ?? none)), [shared, data]);
}

export function useCatalogue(): readonly CatalogueEntry[] {
  const { rows } = useOwnAnalyses();
  return useMemo(() => (rows.length === 0 ? catalogue : [...catalogue, ...rows]), [rows]);
}
