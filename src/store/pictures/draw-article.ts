/**
 * A picture of an article, drawn from what the catalogue says of it: no photograph, no network, the same article the same
 * picture. An SVG text of some 10 to 40 kB.
 */
import { type Cloth, Tailor } from "./cloth.ts";
import { bag } from "./garments/bag.ts";
import { beanie } from "./garments/beanie.ts";
import { dress } from "./garments/dress.ts";
import { hoodie } from "./garments/hoodie.ts";
import { jacket } from "./garments/jacket.ts";
import { jeans } from "./garments/jeans.ts";
import { scarf } from "./garments/scarf.ts";
import { shirt } from "./garments/shirt.ts";
import { shoes } from "./garments/shoes.ts";
import { tee } from "./garments/tee.ts";
import { colourNamed, hashOfText } from "./palette.ts";
import type { Weave } from "./patterns.ts";
import { studio } from "./studio.ts";

export const views = ["front", "detail", "hem"] as const;
export type View = (typeof views)[number];

export interface Look {
  /** Such as Jacket; a type nobody has drawn is shown as a T-shirt. */
  readonly productType: string;
  readonly colour: string;
  /** plain, striped, checked or printed. */
  readonly pattern: string;
  /** The article's name: its words choose the cut. */
  readonly name: string;
  /** Tells articles of equal attributes apart; such as their SKU. */
  readonly key: string;
  readonly view: View;
}

interface Kind {
  /** Words of the type that mean this garment. */
  readonly words: RegExp;
  readonly weave: Weave;
  readonly draw: (tailor: Tailor, words: string) => string;
  /** What the close views show, `x y width height`. */
  readonly detail: string;
  readonly hem: string;
  /** Whether what is drawn of it once stands on both sides. */
  readonly isSymmetric?: boolean;
}

const upper = "250 150 300 375";
const kinds: readonly Kind[] = [
  { words: /jacket|coat|parka|blazer/, weave: "smooth", draw: jacket, detail: upper, hem: "380 560 300 375" },
  { words: /hoodie|sweatshirt/, weave: "fleece", draw: hoodie, detail: upper, hem: "250 540 300 375" },
  { words: /jeans|denim|trouser|pants/, weave: "twill", draw: jeans, detail: "260 90 300 375", hem: "360 570 300 375" },
  { words: /beanie|hat|cap/, weave: "knit", draw: beanie, detail: "340 480 300 375", hem: "200 180 300 375" },
  {
    words: /scarf|shawl/,
    weave: "knit",
    draw: scarf,
    isSymmetric: false,
    detail: "250 230 300 375",
    hem: "240 590 300 375",
  },
  { words: /dress|skirt/, weave: "smooth", draw: dress, detail: "250 150 300 375", hem: "160 560 300 375" },
  {
    words: /t-shirt|tee|top|jumper|sweater|knit|cardigan/,
    weave: "smooth",
    draw: tee,
    detail: upper,
    hem: "380 530 300 375",
  },
  { words: /shirt|blouse/, weave: "smooth", draw: shirt, detail: upper, hem: "420 520 300 375" },
  {
    words: /shoe|trainer|sneaker|boot/,
    weave: "smooth",
    draw: shoes,
    isSymmetric: false,
    detail: "250 500 300 375",
    hem: "100 420 300 375",
  },
  { words: /bag|tote|backpack/, weave: "leather", draw: bag, detail: "250 380 300 375", hem: "360 540 300 375" },
];

const fallback: Kind = { words: /^/, weave: "smooth", draw: tee, detail: upper, hem: "380 530 300 375" };

/** The picture as SVG. */
export function drawArticle(look: Look): string {
  const words = `${look.productType} ${look.name}`.toLowerCase();
  const type = look.productType.toLowerCase();
  const kind = kinds.find((one) => one.words.test(type)) ?? kinds.find((one) => one.words.test(words)) ?? fallback;
  const colour = colourNamed(look.colour);
  const variety = hashOfText(look.key);
  const cloth: Cloth = { colour, pattern: look.pattern, variety, weave: kind.weave };
  const tailor = new Tailor(cloth);
  const drawing = kind.draw(tailor, words);
  const frame = look.view === "front" ? undefined : kind[look.view];
  return studio({
    colour,
    variety,
    defs: tailor.defs,
    drawing,
    outline: kind.draw === shoes ? "" : tailor.outline,
    isSymmetric: kind.isSymmetric ?? true,
    ...(frame === undefined ? {} : { frame }),
  });
}
