import type { Tailor } from "../cloth.ts";
import { darker } from "../palette.ts";
import { bothSides, path, symmetric } from "../shape.ts";

/** A hooded sweatshirt with cords, pouch and ribbed cuffs. */
export function hoodie(tailor: Tailor, words: string): string {
  const { colour, variety } = tailor.cloth;
  const isHeavy = words.includes("heavy");
  const sleeve = tailor.piece({
    d: path(
      [536, 262],
      [
        [
          [604, 276],
          [640, 330],
          [656, 410],
        ],
        [
          [676, 520],
          [690, 640],
          [694, 742],
        ],
        [
          [672, 760],
          [634, 762],
          [606, 754],
        ],
        [
          [604, 640],
          [590, 560],
          [552, 430],
        ],
      ],
    ),
    turn: -7,
    roundness: 0.9,
    folds: [
      ["M566 352C602 420 598 486 604 556", 16],
      ["M694 560C664 596 632 604 608 592", 15],
      ["M696 640C660 668 636 676 610 662", 13],
      ["M694 704C668 722 640 724 612 716", 12],
    ],
  });
  const cuff = tailor.piece({
    d: path(
      [604, 742],
      [
        [
          [634, 754],
          [668, 752],
          [696, 732],
        ],
        [
          [700, 760],
          [698, 790],
          [690, 812],
        ],
        [
          [668, 824],
          [636, 824],
          [614, 814],
        ],
      ],
    ),
    tone: -0.1,
    weave: "rib",
    isPlain: true,
    turn: -4,
  });
  const body = tailor.piece({
    d: symmetric(
      [400, 270],
      [
        [
          [450, 266],
          [506, 250],
          [540, 262],
        ],
        [
          [562, 310],
          [554, 372],
          [560, 430],
        ],
        [
          [572, 560],
          [574, 690],
          [566, 792],
        ],
        [
          [500, 806],
          [450, 808],
          [400, 808],
        ],
      ],
    ),
    folds: [
      ["M254 452C290 560 280 660 256 760", 22],
      ["M546 452C514 560 520 660 544 764", 22],
      ["M322 340C336 420 330 480 336 552", 15],
      ["M480 340C466 430 470 490 462 556", 15],
      ["M300 770C360 744 440 744 506 772", 14],
    ],
    seams: [],
  });
  const hem = tailor.piece({
    d: symmetric(
      [400, 800],
      [
        [
          [460, 800],
          [520, 796],
          [568, 784],
        ],
        [
          [566, 812],
          [562, 836],
          [556, 852],
        ],
        [
          [500, 864],
          [450, 866],
          [400, 866],
        ],
      ],
    ),
    tone: -0.1,
    weave: "rib",
    isPlain: true,
  });
  const pouch = tailor.piece({
    d: symmetric(
      [400, 588],
      [
        [[474, 588]],
        [
          [486, 630],
          [512, 662],
          [532, 690],
        ],
        [[532, 788]],
        [
          [480, 794],
          [440, 796],
          [400, 796],
        ],
      ],
    ),
    tone: 0.02,
    roundness: 0.25,
    folds: [["M300 700C360 724 440 724 500 702", 13]],
    seams: ["M326 598H474", "M314 602C304 640 282 670 266 696", "M486 602C496 640 518 670 534 696"],
  });
  const hoodBack = tailor.piece({
    d: symmetric(
      [400, 108],
      [
        [
          [470, 106],
          [520, 146],
          [530, 210],
        ],
        [
          [534, 250],
          [516, 276],
          [490, 292],
        ],
        [
          [460, 326],
          [430, 348],
          [400, 356],
        ],
      ],
    ),
    folds: [
      ["M300 160C322 130 372 120 402 122", 15],
      ["M500 160C478 132 440 122 404 122", 12],
    ],
    roundness: 0.8,
  });
  const opening = tailor.piece({
    d: symmetric(
      [400, 146],
      [
        [
          [446, 144],
          [480, 176],
          [482, 222],
        ],
        [
          [480, 268],
          [440, 306],
          [400, 334],
        ],
      ],
    ),
    colour: darker(colour, 0.48),
    weave: "fleece",
    folds: [["M340 190C352 240 380 280 400 300", 18]],
  });
  const edge = `<path d="M400 146C446 144 480 176 482 222C480 268 440 306 400 334C360 306 320 268 318 222C320 176 354 144 400 146Z" fill="none" stroke="${darker(colour, 0.25)}" stroke-width="11"/><path d="M400 146C446 144 480 176 482 222C480 268 440 306 400 334C360 306 320 268 318 222C320 176 354 144 400 146Z" fill="none" stroke="#fff" stroke-width="1.6" stroke-dasharray="6 5" opacity=".32"/>`;
  const cord = variety % 3 === 0 ? darker(colour, 0.4) : "#efe9dd";
  const length = isHeavy ? 60 : 0;
  const cords = `<g fill="none" stroke-linecap="round"><path d="M376 322C370 380 378 430 368 ${488 + length}" stroke="#120c14" stroke-width="10" opacity=".28" transform="translate(6 6)"/><path d="M376 322C370 380 378 430 368 ${488 + length}" stroke="${cord}" stroke-width="8"/><path d="M424 322C432 372 422 420 432 ${466 + length}" stroke="#120c14" stroke-width="10" opacity=".28" transform="translate(6 6)"/><path d="M424 322C432 372 422 420 432 ${466 + length}" stroke="${cord}" stroke-width="8"/></g><g fill="#b9bdc3"><rect x="363" y="${480 + length}" width="10" height="24" rx="4"/><rect x="427" y="${458 + length}" width="10" height="24" rx="4"/><circle cx="377" cy="322" r="7"/><circle cx="423" cy="322" r="7"/></g>`;
  return bothSides(sleeve + cuff) + body + pouch + hem + hoodBack + opening + edge + cords;
}
