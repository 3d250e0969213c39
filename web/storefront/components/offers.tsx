import { useQuery } from "@tanstack/react-query";
import type { Offers as OffersAnswer } from "../shop-types.ts";
import { get } from "../store-api.ts";
import { useShop } from "../use-shop.tsx";
import { Shelf } from "./shelf.tsx";

const reasons = {
  home: {
    model: "From what you have looked at and bought, by this shop's own model",
    similar: "Like what is in your cart",
    popular: "What others buy most",
    newest: "Added last",
    together: "In the same orders, the most frequent first",
  },
  product: {
    model: "What people look at and buy beside this, by this shop's own model",
    similar: "Of the same kind, nearest in colour and price",
    popular: "What others buy most",
    newest: "Added last",
    together: "In the same orders, the most frequent first",
  },
  cart: {
    model: "What goes with your cart, by this shop's own model",
    similar: "Of the same kind as what you added last",
    popular: "What others buy most",
    newest: "Added last",
    together: "In the same orders, the most frequent first",
  },
} as const;

interface Asked {
  readonly place: "home" | "product" | "cart";
  readonly articleId?: number;
  /** Asked again when it changes, such as with the cart. */
  readonly version?: string;
}

interface Props extends Asked {
  readonly title: string;
}

/** What is offered at a place; the same question is asked once. */
export function useOffers({ place, articleId, version = "" }: Asked) {
  const { session } = useShop();
  const query = new URLSearchParams({ place, ...(articleId === undefined ? {} : { article_id: String(articleId) }) });
  return useQuery({
    queryKey: ["offers", String(query), session.shopper?.customer_id ?? null, version],
    queryFn: () => get<OffersAnswer>(`/offers?${query}`),
  });
}

/** A shelf of the recommendation model, or of the store while the model is not trained; it says which. */
export function Offers({ title, ...asked }: Props) {
  const { place } = asked;
  const offers = useOffers(asked);
  const source = offers.data?.source ?? "popular";
  // The first page shows what sells anyway; offering it twice would only pretend to know the shopper; an experiment may try it.
  if (place === "home" && offers.data?.source === "popular" && offers.data.experiment === null) return null;
  return (
    <Shelf
      title={title}
      because={offers.data ? reasons[place][source] : ""}
      place={place}
      source={source}
      rows={offers.data?.rows}
      error={offers.error}
    />
  );
}
