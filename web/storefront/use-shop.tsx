import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { Failure } from "./components/failure.tsx";
import type { Session, Shop } from "./shop-types.ts";
import { get, getSession, send } from "./store-api.ts";
import { moneyOf } from "./words.ts";

interface ShopContext {
  readonly shop: Shop;
  readonly session: Session;
  readonly money: (minor: number) => string;
  /** Everything personal is read anew, after signing in or out. */
  readonly refresh: () => Promise<void>;
  readonly giveConsent: (isGiven: boolean) => Promise<void>;
}

const Context = createContext<ShopContext | null>(null);

/** The shop and who is shopping. Below `ShopProvider` only. */
export function useShop(): ShopContext {
  const shop = useContext(Context);
  if (!shop) throw new Error("useShop is used outside of ShopProvider");
  return shop;
}

/** Reads the shop and the session before anything else is shown. */
export function ShopProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const session = useQuery({ queryKey: ["session"], queryFn: getSession });
  const shop = useQuery({ queryKey: ["shop"], queryFn: () => get<Shop>("/shop"), staleTime: Number.POSITIVE_INFINITY });
  const value = useMemo(
    () =>
      session.data && shop.data
        ? {
            shop: shop.data,
            session: session.data,
            money: moneyOf(shop.data),
            refresh: async () =>
              await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "shop" }),
            giveConsent: async (isGiven: boolean) => {
              client.setQueryData(["session"], await send<Session>("PUT", "/consent", { is_given: isGiven }));
            },
          }
        : null,
    [session.data, shop.data, client],
  );
  const error = session.error ?? shop.error;
  if (error) return <Failure error={error} onRetry={() => void client.invalidateQueries()} />;
  if (!value) return <Waiting />;
  if (value.shop.article_count === 0) return <EmptyStore />;
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

const shopName = document.querySelector<HTMLMetaElement>("meta[name=application-name]")?.content ?? "";

/** The frame without what is not known yet; the page as it was sent looks the same. */
const Waiting = () => (
  <>
    <header className="top">
      <span className="shop-name">{shopName}</span>
    </header>
    <div className="page-wait" aria-hidden="true" />
  </>
);

const EmptyStore = () => (
  <main className="alone">
    <h1>This shop has nothing to sell yet.</h1>
    <p>
      Stop the server, run <code>npx cartwright store seed</code> in the shop's folder, and start it again. It fills the
      store with a believable fashion shop.
    </p>
  </main>
);
