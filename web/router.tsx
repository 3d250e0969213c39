import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { sharedPath } from "./api.ts";
import { ErrorState } from "./components/states.tsx";
import { pages } from "./pages/registry.ts";
import { parseSearch, stringifySearch } from "./search-params.ts";
import { Layout } from "./shell/layout.tsx";
import { NotFound } from "./shell/not-found.tsx";

const root = createRootRoute({ component: Layout, notFoundComponent: NotFound });

const pageRoutes = pages.map((page) =>
  createRoute({ getParentRoute: () => root, path: page.path, component: lazyRouteComponent(page.load) }),
);

const board = createRoute({
  getParentRoute: () => root,
  path: "/boards/$id",
  component: lazyRouteComponent(() => import("./pages/board.tsx"), "BoardPage"),
});

const gallery = createRoute({
  getParentRoute: () => root,
  path: "/gallery",
  component: lazyRouteComponent(() => import("./gallery/gallery.tsx"), "Gallery"),
});

/** What stands here is drawn by the layout: a shared link has a frame of its own. */
const shared = createRoute({ getParentRoute: () => root, path: sharedPath });

/** Every page at its own address; code of a page is loaded when it is first opened. */
export const router = createRouter({
  routeTree: root.addChildren([...pageRoutes, board, gallery, shared]),
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultErrorComponent: ({ error, reset }) => (
    <div className="page">
      <ErrorState error={error} onRetry={reset} />
    </div>
  ),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
