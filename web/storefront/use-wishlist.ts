import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Page, WishlistRow } from "./shop-types.ts";
import { get, send } from "./store-api.ts";
import { useShop } from "./use-shop.tsx";

/** The wishlist of a signed-in shopper; empty for a guest. */
export function useWishlist() {
  const client = useQueryClient();
  const { session } = useShop();
  const wishlist = useQuery({
    queryKey: ["wishlist", session.shopper?.customer_id ?? null],
    queryFn: () => get<Page<WishlistRow>>("/wishlist"),
    enabled: session.shopper !== null,
  });
  const rows = wishlist.data?.rows ?? [];
  return {
    wishlist,
    rows,
    has: (articleId: number): boolean => rows.some((row) => row.article_id === articleId),
    change: async (articleId: number, isWanted: boolean) => {
      await send(isWanted ? "PUT" : "DELETE", `/wishlist/${articleId}`);
      await client.invalidateQueries({ queryKey: ["wishlist"] });
    },
  };
}
