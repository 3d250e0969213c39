import { useQuery } from "@tanstack/react-query";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { getSession, getShop, ProblemError, type Session, sharedPath } from "../api.ts";
import { LackBanner } from "../components/lack-banner.tsx";
import { ErrorState } from "../components/states.tsx";
import { pageOf } from "../pages/registry.ts";
import { parseSearch } from "../search-params.ts";
import { BottomBar, Rail } from "./rail.tsx";
import { Search } from "./search.tsx";
import { SignIn } from "./sign-in.tsx";
import { takeStart } from "./start.ts";
import { TopBar } from "./top-bar.tsx";
import { Waiting } from "./waiting.tsx";
import { WorkspaceProvider } from "./workspace.tsx";

const SharedLayout = lazy(() => import("./shared-layout.tsx").then((module) => ({ default: module.SharedLayout })));

/** Goes to the start page, when the person has just arrived. */
function useStart(session: Session | undefined): boolean {
  const navigate = useNavigate();
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    if (!session || isSettled) return;
    const start = takeStart(session.start_page);
    const page = start ? pageOf(start.page) : null;
    if (start && page) void navigate({ to: page.path, search: parseSearch(start.search) as never, replace: true });
    setSettled(true);
  }, [session, isSettled, navigate]);
  return isSettled;
}

/** The frame around every page: rail, top bar, page; a sign-in screen when nobody is signed in. */
export function Layout() {
  const { pathname } = useLocation();
  return pathname === sharedPath ? (
    <Suspense fallback={<Waiting />}>
      <SharedLayout />
    </Suspense>
  ) : (
    <SignedIn />
  );
}

function SignedIn() {
  const session = useQuery({ queryKey: ["session"], queryFn: ({ signal }) => getSession(signal) });
  const shop = useQuery({
    queryKey: ["shop"],
    queryFn: ({ signal }) => getShop(signal),
    enabled: session.isSuccess,
    refetchInterval: 60_000,
  });
  const isStarted = useStart(session.data);
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
  if (!session.data || !shop.data || !isStarted) return <Waiting />;
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
            <LackBanner />
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
