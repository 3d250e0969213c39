import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../api.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import type { Rule, Segment, SegmentSize } from "./rule.ts";

/** Every saved segment. */
export function useSegments() {
  return useQuery({
    queryKey: ["segments"],
    queryFn: ({ signal }) => getJson<{ rows: readonly Segment[] }>("/segments", signal),
  });
}

/** How many customers a rule holds for; the last size stays while the next is counted. */
export function useRuleSize(rule: Rule | null) {
  const { shop, session } = useWorkspace();
  return useQuery({
    queryKey: ["segments", "size", JSON.stringify(rule), shop.data_version],
    queryFn: () => sendJson<SegmentSize>("POST", "/segments/size", session, { rule }),
    placeholderData: keepPreviousData,
    enabled: rule !== null,
    retry: false,
  });
}

/** The size of a saved segment at the start of each month. */
export function useSizes(segment: Segment) {
  const { shop } = useWorkspace();
  return useQuery({
    queryKey: ["segments", "sizes", segment.name, segment.version, shop.data_version],
    queryFn: ({ signal }) => getJson<{ rows: readonly SegmentSize[] }>(`/segments/${segment.name}/sizes`, signal),
  });
}

/** Saves and deletes; what was answered under a segment's name is asked again afterwards. */
export function useSegmentChanges() {
  const { session } = useWorkspace();
  const client = useQueryClient();
  return {
    save: async (given: { readonly name: string; readonly title: string; readonly rule: Rule }) => {
      const saved = await sendJson<Segment>("POST", "/segments", session, given);
      await client.invalidateQueries();
      return saved;
    },
    remove: async (name: string) => {
      await sendJson<null>("DELETE", `/segments/${name}`, session);
      await client.invalidateQueries();
    },
  };
}
