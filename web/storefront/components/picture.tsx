import type { Pictured } from "../shop-types.ts";

interface Props {
  readonly of: Pictured;
  readonly view?: "front" | "detail" | "hem";
  /** What it shows; empty where the name stands beside it. */
  readonly alt: string;
  /** Shown at once, not when scrolled to. */
  readonly isFirst?: boolean;
}

/** An article's picture: its own when it has one, else drawn by the server from its attributes. */
export function Picture({ of, view = "front", alt, isFirst = false }: Props) {
  const look = new URLSearchParams({
    type: of.product_type,
    colour: of.colour,
    pattern: of.pattern,
    name: of.name,
    key: String(of.article_id),
    ...(view === "front" ? {} : { view }),
  });
  return (
    <img
      className="picture"
      src={of.image_url === "" ? `/shop/picture.svg?${look}` : of.image_url}
      alt={alt}
      width={800}
      height={1000}
      loading={isFirst ? "eager" : "lazy"}
      decoding="async"
    />
  );
}
