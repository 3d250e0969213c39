import { notifyManager, useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { AnalysisAnswer } from "../api.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { lackOfRows } from "./lack-of-rows.ts";
import { NoticeList } from "./notice-list.tsx";

/** Says above a page that its numbers lack rows, sentences and tiles among them, as long as an answer it shows does. */
export function LackBanner() {
  const { shop } = useWorkspace();
  const cache = useQueryClient().getQueryCache();
  const message = useSyncExternalStore(
    (changed) => cache.subscribe(notifyManager.batchCalls(changed)),
    () =>
      cache
        .findAll({ queryKey: ["analysis"], type: "active" })
        .map(({ state }) => lackOfRows(state.data as AnalysisAnswer | undefined))
        .find((said) => said !== null) ??
      shop.notices?.[0]?.message ??
      null,
  );
  return (
    <div role="status" className="lack-banner">
      {message === null ? null : <NoticeList notices={[{ kind: "unreachable", message }]} />}
    </div>
  );
}
