/** Who may sign in, who is signed in, and who did what. */
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getJson } from "../api.ts";

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly state: "invited" | "active" | "disabled";
  readonly created_at: string;
  readonly created_by: string;
  readonly link_expires_at: string | null;
  readonly last_sign_in_at: string | null;
}

/** A link to choose a password: it is told once. */
export interface MadeLink {
  readonly id: string;
  readonly path: string;
  readonly expires_at: string;
}

export interface SignedIn {
  readonly id: string;
  readonly user_id: string | null;
  readonly name: string;
  readonly role: string;
  readonly started_at: string;
  readonly last_seen_at: string;
  readonly signed_in_with: "link" | "password" | "provider";
  readonly user_agent: string;
  readonly is_this: boolean;
}

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly created_at: string;
  readonly created_by: string | null;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
}

export interface AuditRow {
  readonly at: string;
  readonly kind: string;
  readonly who: string;
  readonly by: string;
  readonly by_id: string;
  readonly what: string;
  readonly on: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly request_id: string;
}

interface Rows<T> {
  readonly rows: readonly T[];
}

const useRows = <T>(name: string) =>
  useQuery({ queryKey: [name], queryFn: ({ signal }) => getJson<Rows<T>>(`/${name}`, signal) });

export const useUsers = () => useRows<User>("users");
export const useSessions = () => useRows<SignedIn>("sessions");
export const useTokens = () => useRows<Token>("tokens");

/** What the log is narrowed to; empty texts narrow nothing. */
export interface AuditFilter {
  readonly who: string;
  readonly what: string;
  readonly kind: string;
  readonly since: string;
}

/** The audit log, a page at a time; the last one stays while the next is read. */
export const useAudit = (filter: AuditFilter) =>
  useInfiniteQuery({
    queryKey: ["audit", filter],
    queryFn: ({ signal, pageParam }) => {
      const asked = Object.entries({ ...filter, before: pageParam }).filter(([, value]) => value.trim() !== "");
      return getJson<Rows<AuditRow> & { readonly next: string | null }>(`/audit?${new URLSearchParams(asked)}`, signal);
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
