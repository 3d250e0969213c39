import { Link } from "@tanstack/react-router";
import { Failure } from "../components/failure.tsx";
import { Picture } from "../components/picture.tsx";
import { Refusal } from "../components/refusal.tsx";
import { SignInFirst } from "../components/sign-in-first.tsx";
import type { WishlistRow } from "../shop-types.ts";
import { useAction } from "../use-action.ts";
import { useCart } from "../use-cart.ts";
import { useShop } from "../use-shop.tsx";
import { useTitle } from "../use-title.ts";
import { useWishlist } from "../use-wishlist.ts";

/** What the shopper wants some day; a mail says when its price falls or it is back. */
export function WishlistPage() {
  useTitle("Wishlist");
  const { session } = useShop();
  const { wishlist, rows } = useWishlist();
  if (!session.shopper) return <SignInFirst title="Wishlist" why="to keep a wishlist" next="/wishlist" />;
  if (wishlist.error) return <Failure error={wishlist.error} onRetry={() => void wishlist.refetch()} />;
  if (!wishlist.data) return <div className="page page-wait" aria-hidden="true" />;
  return (
    <div className="page">
      <h1>Wishlist</h1>
      <p className="muted">We write when something here becomes cheaper or is back in stock.</p>
      {rows.length === 0 ? (
        <div className="empty">
          <p className="notice-what">Nothing is on it yet.</p>
          <p className="muted">Choose “Add to wishlist” on an article's page.</p>
          <Link className="button primary" to="/search">
            Look at everything
          </Link>
        </div>
      ) : (
        <ul className="lines" aria-label="Articles on the wishlist">
          {rows.map((row) => (
            <Wish key={row.article_id} row={row} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Wish({ row }: { row: WishlistRow }) {
  const { money } = useShop();
  const { change } = useWishlist();
  const { moveFromWishlist } = useCart();
  const action = useAction();
  return (
    <li className="line">
      <Link to={`/article/${row.article_id}`} tabIndex={-1} aria-hidden="true">
        <Picture of={row} alt="" />
      </Link>
      <div className="line-words">
        <Link to={`/article/${row.article_id}`} className="line-name">
          {row.name}
        </Link>
        <span className={row.is_available ? "stock stock-some" : "stock stock-none"}>
          {row.is_available ? "In stock" : "Sold out; we write when it is back"}
        </span>
        <div className="line-tools">
          <button
            type="button"
            className="button"
            disabled={action.isBusy || !row.is_available}
            onClick={() => void action.run(() => moveFromWishlist(row.article_id))}
          >
            Move to cart<span className="sr-only">: {row.name}</span>
          </button>
          <button
            type="button"
            className="link-button"
            disabled={action.isBusy}
            onClick={() => void action.run(() => change(row.article_id, false))}
          >
            Remove<span className="sr-only"> {row.name}</span>
          </button>
        </div>
        <Refusal error={action.error} words={{ store_refused: `${row.name} has just been sold out.` }} />
      </div>
      <span className="price">{money(row.price_minor)}</span>
    </li>
  );
}
