import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getJson } from "../api.ts";
import { useWorkspace } from "../shell/workspace.tsx";

/** Asks a route of the experiment lab; the last answer stays while the next one is on its way. */
export function useExperiment<T>(path: string, isAsked = true) {
  const { shop } = useWorkspace();
  return useQuery({
    queryKey: ["experiments", path, shop.data_version],
    queryFn: ({ signal }) => getJson<T>(`/experiments${path}`, signal),
    placeholderData: keepPreviousData,
    enabled: isAsked,
  });
}
