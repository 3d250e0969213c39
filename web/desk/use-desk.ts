import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { askJson, getJson } from "../api.ts";
import { useWorkspace } from "../shell/workspace.tsx";

/** An answer of the desk, below `/store/desk`; read again after every change. */
export const useDesk = <T>(path: string, isWanted = true) =>
  useQuery({
    queryKey: ["desk", path],
    queryFn: ({ signal }) => getJson<T>(`/store${path}`, signal),
    enabled: isWanted,
    staleTime: 10_000,
  });

/** Who is signed in may change things. */
export const useMayChange = (): boolean => useWorkspace().session.user.role === "admin";

/** One change of the desk at a time: whether it is under way, what it answered in words, why it failed. */
export function useDeskChange() {
  const { session } = useWorkspace();
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [told, setTold] = useState("");
  return {
    isBusy,
    error,
    told,
    /** Sends a change, a text as CSV; then everything of the desk is read again. @returns its answer; null when refused */
    send: async <T>(
      method: "POST" | "PUT" | "DELETE",
      path: string,
      body?: object | string,
      tell: (answer: T) => string = () => "",
    ): Promise<T | null> => {
      setBusy(true);
      setError(null);
      setTold("");
      try {
        const answer = await askJson<T>(`/store${path}`, {
          method,
          headers: {
            accept: "application/json",
            "x-csrf-token": session.csrf_token,
            ...(body === undefined
              ? {}
              : { "content-type": typeof body === "string" ? "text/csv" : "application/json" }),
          },
          ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
        });
        setTold(tell(answer));
        await client.invalidateQueries({ queryKey: ["desk"] });
        return answer;
      } catch (failed) {
        setError(failed);
        return null;
      } finally {
        setBusy(false);
      }
    },
  };
}
