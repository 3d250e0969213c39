/** What every part of a page needs: the shop, the reader, formatters, tokens and the view kept in the address. */
import { useComputedColorScheme } from "@mantine/core";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Session, Shared, Shop } from "../api.ts";
import { type ColorBook, createColorOf } from "../charts/colors.ts";
import type { ColorOf } from "../charts/drawing.ts";
import { createFormat, type Format, localeOf } from "../format.ts";
import { parseSearch } from "../search-params.ts";
import { dark, light, type Tokens } from "../tokens.ts";
import { type Coverage, initialView, readView, type ViewState, writeView } from "../view-state.ts";

export interface Workspace {
  readonly shop: Shop;
  readonly session: Session;
  readonly format: Format;
  readonly tokens: Tokens;
  readonly colorOf: ColorOf;
  /** The days the data covers; null while the shop is empty. */
  readonly coverage: Coverage | null;
  /** The shared link that is open; null for who is signed in. */
  readonly shared: Shared | null;
}

const Context = createContext<Workspace | null>(null);
const book: ColorBook = new Map();

interface ProviderProps {
  readonly shop: Shop;
  readonly session: Session;
  readonly shared?: Shared;
  readonly children: ReactNode;
}

export function WorkspaceProvider({ shop, session, shared, children }: ProviderProps) {
  const scheme = useComputedColorScheme("light");
  const value = useMemo<Workspace>(() => {
    const tokens = scheme === "dark" ? dark : light;
    return {
      shop,
      session,
      tokens,
      colorOf: createColorOf(tokens.series, book),
      format: createFormat({
        locale: localeOf(navigator.language),
        currency: shop.currency,
        currencyDecimals: shop.currency_decimals,
        timeZone: shop.time_zone,
      }),
      coverage: shop.first_day && shop.last_day ? { first: shop.first_day, last: shop.last_day } : null,
      shared: shared ?? null,
    };
  }, [shop, session, shared, scheme]);
  return <Context value={value}>{children}</Context>;
}

export function useWorkspace(): Workspace {
  const workspace = useContext(Context);
  if (!workspace) throw new Error("useWorkspace outside WorkspaceProvider");
  return workspace;
}

/** Of a shared page only what is open and what is a table can be chosen; everything else is as it was shared. */
function sharedView(address: ViewState, shared: Shared): ViewState {
  const given = readView(new URLSearchParams(shared.search));
  return { ...given, tables: address.tables, open: given.open ?? address.open, explain: null };
}

/** How a part of a page sees the page's view, and what of a change it makes stays with the page. */
export interface ViewLens {
  readonly see: (page: ViewState) => ViewState;
  readonly change: (page: ViewState, next: ViewState) => ViewState;
}

const Lens = createContext<ViewLens | null>(null);

/** Within it the view is what the lens makes of the page's. */
export const ViewThrough = ({ lens, children }: { lens: ViewLens; children: ReactNode }) => (
  <Lens value={lens}>{children}</Lens>
);

/** The view of the address, and how to go to another one; each change is a step in the browser's history. */
export function useView(): readonly [ViewState, (change: (view: ViewState) => ViewState) => void] {
  const { searchStr, pathname, hash } = useLocation();
  const navigate = useNavigate();
  const shared = useContext(Context)?.shared ?? null;
  const lens = useContext(Lens);
  const page = useMemo(() => {
    const address = readView(new URLSearchParams(searchStr));
    return shared ? sharedView(address, shared) : address;
  }, [searchStr, shared]);
  const view = useMemo(() => (lens ? lens.see(page) : page), [lens, page]);
  return [
    view,
    (change) => {
      const changed = change(view);
      const next = lens ? lens.change(page, changed) : changed;
      const kept = shared ? { ...initialView, tables: next.tables, open: next.open } : next;
      const search = parseSearch(writeView(kept).toString()) as never;
      void navigate({ to: pathname, search, resetScroll: false, ...(shared ? { hash } : {}) });
    },
  ];
}

/** The search part of links to other pages: the view goes along, the opened card and the explanation stay behind. */
export function useCarriedSearch(): never {
  const [view] = useView();
  return parseSearch(writeView({ ...view, open: null, explain: null }).toString()) as never;
}
