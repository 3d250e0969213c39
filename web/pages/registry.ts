/** The pages in the order of the navigation. A page shows when the catalogue has analyses for it; some have none of the built-in ones. */
import {
  IconActivity,
  IconBasket,
  IconBuildingStore,
  IconCalendarClock,
  IconChartBar,
  IconChartDots,
  IconClick,
  IconDatabase,
  IconFileAnalytics,
  IconFilter,
  IconFlask,
  IconHome,
  IconLayoutBoard,
  IconLayoutDashboard,
  IconPackage,
  IconUserShield,
  IconUsers,
  IconUsersGroup,
  type TablerIcon,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { catalogue } from "../generated/catalogue.ts";

export interface PageInfo {
  /** As the declarations call it. */
  readonly name: string;
  readonly path: string;
  readonly label: string;
  readonly icon: TablerIcon;
  /** Shown to admins alone. */
  readonly isForAdmins?: true;
  readonly load: () => Promise<{ default: ComponentType }>;
}

const all: readonly PageInfo[] = [
  {
    name: "home",
    path: "/home",
    label: "Home",
    icon: IconHome,
    load: () => import("./home.tsx").then((m) => ({ default: m.HomePage })),
  },
  {
    name: "overview",
    path: "/",
    label: "Overview",
    icon: IconLayoutDashboard,
    load: () => import("./overview.tsx").then((m) => ({ default: m.OverviewPage })),
  },
  {
    name: "sales",
    path: "/sales",
    label: "Sales",
    icon: IconChartBar,
    load: () => import("./sales.tsx").then((m) => ({ default: m.SalesPage })),
  },
  {
    name: "funnel",
    path: "/funnel",
    label: "Funnel",
    icon: IconFilter,
    load: () => import("./funnel.tsx").then((m) => ({ default: m.FunnelPage })),
  },
  {
    name: "products",
    path: "/products",
    label: "Products",
    icon: IconPackage,
    load: () => import("./products.tsx").then((m) => ({ default: m.ProductsPage })),
  },
  {
    name: "sessions",
    path: "/sessions",
    label: "Sessions",
    icon: IconClick,
    load: () => import("./sessions.tsx").then((m) => ({ default: m.SessionsPage })),
  },
  {
    name: "customers",
    path: "/customers",
    label: "Customers",
    icon: IconUsers,
    load: () => import("./customers.tsx").then((m) => ({ default: m.CustomersPage })),
  },
  {
    name: "segments",
    path: "/segments",
    label: "Segments",
    icon: IconUsersGroup,
    load: () => import("./segments.tsx").then((m) => ({ default: m.SegmentsPage })),
  },
  {
    name: "basket",
    path: "/basket",
    label: "Basket",
    icon: IconBasket,
    load: () => import("./basket.tsx").then((m) => ({ default: m.BasketPage })),
  },
  {
    name: "models",
    path: "/models",
    label: "Models",
    icon: IconChartDots,
    load: () => import("./models.tsx").then((m) => ({ default: m.ModelsPage })),
  },
  {
    name: "experiments",
    path: "/experiments",
    label: "Experiments",
    icon: IconFlask,
    load: () => import("./experiments.tsx").then((m) => ({ default: m.ExperimentsPage })),
  },
  {
    name: "boards",
    path: "/boards",
    label: "Boards",
    icon: IconLayoutBoard,
    load: () => import("./boards.tsx").then((m) => ({ default: m.BoardsPage })),
  },
  {
    name: "own",
    path: "/own",
    label: "Own analyses",
    icon: IconFileAnalytics,
    load: () => import("./own.tsx").then((m) => ({ default: m.OwnPage })),
  },
  {
    name: "live",
    path: "/live",
    label: "Live",
    icon: IconActivity,
    load: () => import("./live.tsx").then((m) => ({ default: m.LivePage })),
  },
  {
    name: "store",
    path: "/store",
    label: "Store",
    icon: IconBuildingStore,
    load: () => import("./store.tsx").then((m) => ({ default: m.StorePage })),
  },
  {
    name: "data",
    path: "/data",
    label: "Data",
    icon: IconDatabase,
    load: () => import("./data.tsx").then((m) => ({ default: m.DataPage })),
  },
  {
    name: "schedules",
    path: "/schedules",
    label: "Schedules",
    icon: IconCalendarClock,
    isForAdmins: true,
    load: () => import("./schedules.tsx").then((m) => ({ default: m.SchedulesPage })),
  },
  {
    name: "people",
    path: "/people",
    label: "People",
    icon: IconUserShield,
    isForAdmins: true,
    load: () => import("./people.tsx").then((m) => ({ default: m.PeoplePage })),
  },
];

const withoutAnalyses: readonly string[] = [
  "home",
  "segments",
  "boards",
  "own",
  "live",
  "store",
  "schedules",
  "people",
];

export const pages: readonly PageInfo[] = all.filter(
  (page) => withoutAnalyses.includes(page.name) || catalogue.some((entry) => entry.page === page.name),
);

/** The pages of a person with this role, in the order of the navigation. */
export const pagesOf = (role: string): readonly PageInfo[] =>
  pages.filter(({ isForAdmins }) => !isForAdmins || role === "admin");

const boardForm = /^boards\/[0-9a-f]{12}$/;

/** The page of a name; `boards/<id>` is a page of its own, in the frame of Boards. */
export function pageOf(name: string): PageInfo | undefined {
  if (!boardForm.test(name)) return pages.find((page) => page.name === name);
  const boards = pages.find((page) => page.name === "boards");
  const load = () => import("./board.tsx").then((m) => ({ default: m.BoardPage }));
  return boards && { ...boards, name, path: `/${name}`, load };
}

/** The page that stands at an address. */
export const pageAt = (pathname: string): PageInfo | undefined =>
  pages.find((page) => page.path === pathname) ?? pageOf(pathname.slice(1));
