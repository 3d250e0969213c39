/** What people keep: saved views, start page and shared links, and how each is changed. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { getJson, type Place, ProblemError, type Session, sendJson } from "../api.ts";
import { pageAt } from "../pages/registry.ts";
import { useView, useWorkspace } from "../shell/workspace.tsx";
import { writeView } from "../view-state.ts";

export interface SavedView extends Place {
  readonly id: string;
  readonly title: string;
  readonly made_by: string;
}

export interface SharedLink extends Place {
  readonly id: string;
  readonly title: string;
  readonly created_by: string;
  readonly expires_at: string;
}

/** The page shown and its state, as they are kept. */
export function useHere(): Place {
  const { pathname } = useLocation();
  const [view] = useView();
  const page = pageAt(pathname)?.name ?? "overview";
  return { page, search: writeView({ ...view, explain: null }).toString() };
}

export const useSavedViews = () =>
  useQuery({
    queryKey: ["views"],
    queryFn: ({ signal }) => getJson<{ rows: readonly SavedView[] }>("/views", signal),
  });

export const useSharedLinks = (isAllowed: boolean) =>
  useQuery({
    queryKey: ["shares"],
    queryFn: ({ signal }) => getJson<{ rows: readonly SharedLink[] }>("/shares", signal),
    enabled: isAllowed,
  });

/** Whether a person may share a page, annotate a chart, set an alert. */
export const isAnalyst = ({ user }: Session): boolean => user.role !== "viewer";

/** Sends a change and asks again for the lists it may have changed. */
export function useChange(...lists: readonly string[]) {
  const { session } = useWorkspace();
  const client = useQueryClient();
  return async <T>(method: "POST" | "DELETE", path: string, body?: object): Promise<T> => {
    const answer = await sendJson<T>(method, path, session, body);
    await Promise.all(lists.map((list) => client.invalidateQueries({ queryKey: [list] })));
    return answer;
  };
}

/** Runs a change and keeps why it was refused, for the field it belongs to; faults are passed on. */
export function useRefusal(): readonly [string | null, (change: () => Promise<void>) => Promise<void>] {
  const [refusal, setRefusal] = useState<string | null>(null);
  const run = async (change: () => Promise<void>): Promise<void> => {
    setRefusal(null);
    try {
      await change();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setRefusal(error.problem.detail);
    }
  };
  return [refusal, run];
}
