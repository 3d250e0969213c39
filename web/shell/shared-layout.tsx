import "../styles/shared.css";
import { useQuery } from "@tanstack/react-query";
import { type ComponentType, lazy, Suspense, useMemo } from "react";
import { getShared, ProblemError } from "../api.ts";
import { LackBanner } from "../components/lack-banner.tsx";
import { ErrorState } from "../components/states.tsx";
import { dayText } from "../format-dates.ts";
import { pageOf } from "../pages/registry.ts";
import { valueText } from "../values.ts";
import { filterNames, readView } from "../view-state.ts";
import { filterLabels } from "./filter-bar.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";
import { Waiting } from "./waiting.tsx";
import { WorkspaceProvider } from "./workspace.tsx";

const nobody = {
  user: { name: "", role: "viewer" },
  csrf_token: "",
  has_password: false,
  start_page: null,
  viewpoint: null,
} as const;

/** One page as it was shared: no way to other pages, filters or days; tables and single cards can be opened. */
export function SharedLayout() {
  const shared = useQuery({ queryKey: ["shared"], queryFn: ({ signal }) => getShared(signal), retry: false });
  const load = pageOf(shared.data?.page ?? "")?.load;
  const Page = useMemo<ComponentType | null>(() => (load ? lazy(load) : null), [load]);
  if (shared.error)
    return (
      <main className="alone">
        <ErrorState
          error={shared.error}
          {...(shared.error instanceof ProblemError ? {} : { onRetry: () => void shared.refetch() })}
        />
      </main>
    );
  if (!shared.data || !Page) return <Waiting />;
  const { title, expires_at, shop, search } = shared.data;
  const { filters } = readView(new URLSearchParams(search));
  return (
    <WorkspaceProvider session={nobody} shop={shop} shared={shared.data}>
      <header className="top-bar">
        <div className="top-row shared-row">
          <div className="shared-title">
            <strong>{title}</strong>
            <span className="muted small">
              Shared from {shop.name}, until {dayText(expires_at.slice(0, 10))}
            </span>
          </div>
          <ThemeToggle />
        </div>
        <ul className="filter-bar shared-filters" aria-label="Filters">
          {filterNames.flatMap((name) =>
            filters[name].map((value) => (
              <li key={`${name}-${value}`} className="chip">
                <span className="muted">{filterLabels[name]}</span> {valueText(name, value) || "(empty)"}
              </li>
            )),
          )}
        </ul>
      </header>
      <main id="content" tabIndex={-1}>
        <LackBanner />
        <Suspense fallback={<Waiting />}>
          <Page />
        </Suspense>
      </main>
    </WorkspaceProvider>
  );
}
