import { IconHeart, IconHeartFilled } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useAction } from "../use-action.ts";
import { useShop } from "../use-shop.tsx";
import { useWishlist } from "../use-wishlist.ts";
import { Refusal } from "./refusal.tsx";

/** Puts an article on the wishlist or takes it off; a guest signs in first and comes back. */
export function Heart({ articleId, name }: { articleId: number; name: string }) {
  const { session } = useShop();
  const { has, change } = useWishlist();
  const action = useAction();
  const navigate = useNavigate();
  const isWanted = has(articleId);
  const press = (): void => {
    if (session.shopper) void action.run(() => change(articleId, !isWanted));
    else void navigate({ to: "/sign-in", search: { next: `/article/${articleId}` } });
  };
  return (
    <>
      <button type="button" className="button quiet" aria-pressed={isWanted} disabled={action.isBusy} onClick={press}>
        {isWanted ? <IconHeartFilled size={20} aria-hidden /> : <IconHeart size={20} stroke={1.5} aria-hidden />}
        {isWanted ? "On your wishlist" : "Add to wishlist"}
        <span className="sr-only"> {name}</span>
      </button>
      <Refusal error={action.error} />
    </>
  );
}
