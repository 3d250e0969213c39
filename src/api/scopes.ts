/** What a token may be narrowed to, and which requests each scope covers. */

/** `query` asks, `import` loads files, `score` asks about one customer while a page loads, `store` works on the desk. */
export const scopes = ["query", "import", "score", "store"] as const;
export type Scope = (typeof scopes)[number];

interface Covered {
  readonly scope: Scope;
  /** Beginning of the route's address, whole steps of it. */
  readonly under: string;
  /** Every method when not said. */
  readonly method?: string;
}

const covered: readonly Covered[] = [
  { scope: "query", under: "/api/v1/analyses", method: "GET" },
  { scope: "query", under: "/api/v1/own-analyses", method: "GET" },
  { scope: "query", under: "/api/v1/catalogue", method: "GET" },
  { scope: "query", under: "/api/v1/glossary", method: "GET" },
  { scope: "query", under: "/api/v1/filters", method: "GET" },
  { scope: "query", under: "/api/v1/shop", method: "GET" },
  { scope: "query", under: "/api/v1/segments", method: "GET" },
  { scope: "query", under: "/api/v1/segments/size", method: "POST" },
  { scope: "query", under: "/api/v1/sql", method: "POST" },
  { scope: "query", under: "/mcp" },
  { scope: "import", under: "/api/v1/imports" },
  { scope: "score", under: "/api/v1/score", method: "GET" },
  { scope: "score", under: "/api/v1/recommendations", method: "GET" },
  { scope: "score", under: "/api/v1/experiments/:id/assignment", method: "GET" },
  { scope: "store", under: "/api/v1/store/desk" },
];

/** The scope that covers a route, given by its pattern; null when only a token without scopes may use it. */
export function scopeOf(method: string, route: string): Scope | null {
  const asked = method === "HEAD" ? "GET" : method;
  const found = covered.find(
    (one) => (one.method ?? asked) === asked && (route === one.under || route.startsWith(`${one.under}/`)),
  );
  return found?.scope ?? null;
}
