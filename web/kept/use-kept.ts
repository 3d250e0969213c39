/** What people keep: saved views, start page and shared links, and how each is changed. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { getJson, type Place, type Session, sendJson } from "../api.ts";
import { pages } from "../pages/registry.ts";
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
  const page = pages.find((one) => one.path === pathname)?.name ?? "overview";
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
