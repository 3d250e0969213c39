import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { ErrorState } from "./components/states.tsx";
import { pages } from "./pages/registry.ts";
import { parseSearch, stringifySearch } from "./search-params.ts";
import { Layout } from "./shell/layout.tsx";
import { NotFound } from "./shell/not-found.tsx";

const root = createRootRoute({ component: Layout, notFoundComponent: NotFound });

const pageRoutes = pages.map((page) =>
  createRoute({ getParentRoute: () => root, path: page.path, component: lazyRouteComponent(page.load) }),
);

const gallery = createRoute({
  getParentRoute: () => root,
  path: "/gallery",
  component: lazyRouteComponent(() => import("./gallery/gallery.tsx"), "Gallery"),
});

/** Every page at its own address; code of a page is loaded when it is first opened. */
export const router = createRouter({
  routeTree: root.addChildren([...pageRoutes, gallery]),
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
