import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { getSession, getShop, ProblemError } from "../api.ts";
import { ErrorState } from "../components/states.tsx";
import { BottomBar, Rail } from "./rail.tsx";
import { Search } from "./search.tsx";
import { SignIn } from "./sign-in.tsx";
import { TopBar } from "./top-bar.tsx";
import { WorkspaceProvider } from "./workspace.tsx";

function Waiting() {
  return (
    <output className="page" aria-label="Loading">
      <Skeleton height={28} width="60%" radius={6} />
      <Skeleton height={120} radius={10} />
      <Skeleton height={360} radius={10} />
    </output>
  );
}

/** The frame around every page: rail, top bar, page; a sign-in screen when nobody is signed in. */
export function Layout() {
  const session = useQuery({ queryKey: ["session"], queryFn: ({ signal }) => getSession(signal) });
  const shop = useQuery({
    queryKey: ["shop"],
    queryFn: ({ signal }) => getShop(signal),
    enabled: session.isSuccess,
    refetchInterval: 60_000,
  });
  const error = session.error ?? shop.error;
  if (error instanceof ProblemError && error.problem.status === 401) return <SignIn />;
  if (error) {
    const retry = () => void (session.error ? session.refetch() : shop.refetch());
    return (
      <main className="alone">
        <ErrorState error={error} onRetry={retry} />
      </main>
    );
  }
  if (!session.data || !shop.data) return <Waiting />;
  return (
    <WorkspaceProvider session={session.data} shop={shop.data}>
      <a className="skip" href="#content">
        Skip to the page
      </a>
      <div className="frame">
        <Rail />
        <div className="frame-main">
          <TopBar />
          <main id="content" tabIndex={-1}>
            <Suspense fallback={<Waiting />}>
              <Outlet />
            </Suspense>
          </main>
        </div>
        <BottomBar />
      </div>
      <Search />
    </WorkspaceProvider>
  );
}
