import { IconStar, IconStarFilled } from "@tabler/icons-react";

const places = [1, 2, 3, 4, 5] as const;

/** Stars for a mean; the number stands in the name. */
export function Stars({ rating, label }: { rating: number; label?: string }) {
  return (
    <span className="stars" role="img" aria-label={label ?? `${rating.toFixed(1)} of 5 stars`}>
      {places.map((place) =>
        rating >= place - 0.25 ? (
          <IconStarFilled key={place} size={16} />
        ) : (
          <IconStar key={place} size={16} stroke={1.5} />
        ),
      )}
    </span>
  );
}
