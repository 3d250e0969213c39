import { useEffect } from "react";
import { useShop } from "./use-shop.tsx";

/** Names the page in the browser's tab and for screen readers. */
export function useTitle(title: string): void {
  const { shop } = useShop();
  useEffect(() => {
    document.title = title === "" ? shop.name : `${title} – ${shop.name}`;
  }, [title, shop.name]);
}
