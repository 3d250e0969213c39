import { IconHeart, IconShoppingBag, IconUser } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { Category, Page } from "../shop-types.ts";
import { get } from "../store-api.ts";
import { useCart } from "../use-cart.ts";
import { ShopProvider, useShop } from "../use-shop.tsx";
import { useTitle } from "../use-title.ts";
import { counted } from "../words.ts";
import { ConsentBanner } from "./consent-banner.tsx";
import { SearchBox } from "./search-box.tsx";
import { ThemeButton } from "./theme-button.tsx";

/** The frame of every page. */
export const Layout = () => (
  <ShopProvider>
    <Frame />
  </ShopProvider>
);

function Frame() {
  const { session, shop, giveConsent } = useShop();
  const { cart } = useCart();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  // A screen reader goes on from the new page's beginning, as it would after a load.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is what changes
  useEffect(() => {
    if (!isFirst.current) main.current?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [pathname]);
  const categories = useQuery({ queryKey: ["categories"], queryFn: () => get<Page<Category>>("/categories") });
  const roots = categories.data?.rows.filter((row) => row.parent === null) ?? [];
  const units = cart.data?.unit_count ?? 0;
  return (
    <>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <header className="top">
        <Link to="/" className="shop-name">
          {shop.name}
        </Link>
        <nav className="categories" aria-label="Categories">
          {roots.map((root) => (
            <Link key={root.slug} to={`/category/${root.slug}`} activeProps={{ className: "active" }}>
              {root.name}
            </Link>
          ))}
        </nav>
        <SearchBox />
        <nav className="own" aria-label="Yours">
          <Link to={session.shopper ? "/profile" : "/sign-in"}>
            <IconUser size={22} stroke={1.5} aria-hidden />
            <span>{session.shopper ? "Account" : "Sign in"}</span>
          </Link>
          <Link to="/wishlist">
            <IconHeart size={22} stroke={1.5} aria-hidden />
            <span>Wishlist</span>
          </Link>
          <Link to="/cart">
            <span className="cart-icon">
              <IconShoppingBag size={22} stroke={1.5} aria-hidden />
              {units > 0 ? (
                <span className="count" aria-hidden="true">
                  {units > 99 ? "99+" : units}
                </span>
              ) : null}
            </span>
            <span>
              Cart<span className="sr-only">, {counted(units, "unit")}</span>
            </span>
          </Link>
        </nav>
      </header>
      <main id="content" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <footer className="bottom">
        <nav aria-label="Help">
          <Link to="/orders">Orders and returns</Link>
          {session.shopper ? <Link to="/profile">Your account</Link> : <Link to="/sign-up">Open an account</Link>}
        </nav>
        <div className="bottom-settings">
          <ThemeButton />
          {session.has_consent === null ? null : (
            <button type="button" className="link-button" onClick={() => void giveConsent(!session.has_consent)}>
              {session.has_consent ? "Your steps are logged. Stop it" : "Your steps are not logged. Allow it"}
            </button>
          )}
        </div>
      </footer>
      <ConsentBanner />
    </>
  );
}

/** An address the shop does not have. */
export function Nowhere() {
  useTitle("No such page");
  return (
    <div className="page narrow">
      <h1>There is no such page.</h1>
      <p className="muted">The address may be old or mistyped.</p>
      <Link className="button primary" to="/">
        To the shop's first page
      </Link>
    </div>
  );
}
