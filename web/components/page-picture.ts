/** A page as one picture: its cards as they stand there, and below them what they were made from. */
import { saveBlob } from "./save-blob.ts";

/** What is for hands, not for eyes. */
const tools = ".card-tools, .card-controls, .page-tools, .chart-turns, .pager, .zoom-reset, .sr-only";
const marginPixels = 24;

/**
 * Saves `page` as `<name>.png`, twice as fine as on the screen.
 * @throws Error when the browser cannot draw it, as it may not when the page is very long
 */
export async function savePagePicture(page: HTMLElement, name: string): Promise<void> {
  const { toBlob } = await import("html-to-image");
  const backgroundColor = getComputedStyle(document.body).backgroundColor;
  // Shows what else stands on paper only, while the picture is taken.
  page.dataset.picture = "";
  try {
    const blob = await toBlob(page, {
      backgroundColor,
      pixelRatio: 2,
      width: page.scrollWidth + 2 * marginPixels,
      height: page.scrollHeight + 2 * marginPixels,
      style: { margin: `${marginPixels}px` },
      filter: (node) => !(node instanceof Element && node.matches(tools)),
    });
    if (!blob) throw new Error("the browser could not draw it; try a shorter page, or print it");
    saveBlob(blob, `${name}.png`);
  } finally {
    delete page.dataset.picture;
  }
}
