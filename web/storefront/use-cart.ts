import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Cart } from "./shop-types.ts";
import { get, send } from "./store-api.ts";

/** The cart and its changes; each answer of a change is the cart as it is then. */
export function useCart() {
  const client = useQueryClient();
  const cart = useQuery({ queryKey: ["cart"], queryFn: () => get<Cart>("/cart"), staleTime: 15_000 });
  const take = (changed: Cart): Cart => {
    client.setQueryData(["cart"], changed);
    void client.invalidateQueries({ queryKey: ["quote"] });
    return changed;
  };
  return {
    cart,
    add: async (articleId: number, quantity: number) =>
      take(await send<Cart>("POST", "/cart/items", { article_id: articleId, quantity })),
    set: async (articleId: number, quantity: number) =>
      take(await send<Cart>("PUT", `/cart/items/${articleId}`, { quantity })),
    remove: async (articleId: number) => take(await send<Cart>("DELETE", `/cart/items/${articleId}`)),
    moveFromWishlist: async (articleId: number) => {
      const changed = take(await send<Cart>("POST", `/wishlist/${articleId}/move`));
      await client.invalidateQueries({ queryKey: ["wishlist"] });
      return changed;
    },
  };
}
