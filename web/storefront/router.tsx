import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { parseSearch, stringifySearch } from "../search-params.ts";
import { Failure } from "./components/failure.tsx";
import { Layout, Nowhere } from "./components/layout.tsx";
import { HomePage } from "./pages/home.tsx";

const root = createRootRoute({ component: Layout, notFoundComponent: Nowhere });
const parent = () => root;

const routes = [
  createRoute({ getParentRoute: parent, path: "/", component: HomePage }),
  createRoute({
    getParentRoute: parent,
    path: "/category/$slug",
    component: lazyRouteComponent(() => import("./pages/catalogue.tsx"), "CategoryPage"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/search",
    component: lazyRouteComponent(() => import("./pages/catalogue.tsx"), "SearchPage"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/article/$id",
    component: lazyRouteComponent(() => import("./pages/article.tsx"), "ArticlePage"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/cart",
    component: lazyRouteComponent(() => import("./pages/cart.tsx"), "CartPage"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/wishlist",
    component: lazyRouteComponent(() => import("./pages/wishlist.tsx"), "WishlistPage"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/checkout",
    component: lazyRouteComponent(() => import("./pages/checkout.tsx"), "CheckoutPage"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/orders",
    component: lazyRouteComponent(() => import("./pages/orders.tsx"), "OrdersPage"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/orders/$id",
    component: lazyRouteComponent(() => import("./pages/order.tsx"), "OrderPage"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/profile",
    component: lazyRouteComponent(() => import("./pages/profile.tsx"), "ProfilePage"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/sign-in",
    component: lazyRouteComponent(() => import("./pages/sign-in.tsx"), "SignInPage"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/sign-up",
    component: lazyRouteComponent(() => import("./pages/sign-up.tsx"), "SignUpPage"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/verify",
    component: lazyRouteComponent(() => import("./pages/verify.tsx"), "VerifyPage"),
  }),
  createRoute({
    getParentRoute: parent,
    path: "/reset",
    component: lazyRouteComponent(() => import("./pages/reset.tsx"), "ResetPage"),
  }),
];

/** The shop's pages below `/shop/`; code of a page is loaded when it is first opened. */
export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: "/shop",
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultErrorComponent: ({ error, reset }) => <Failure error={error} onRetry={reset} />,
});
