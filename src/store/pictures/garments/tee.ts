import type { Tailor } from "../cloth.ts";
import { darker } from "../palette.ts";
import { bothSides, path, symmetric } from "../shape.ts";

/** A T-shirt; what a type nobody has drawn is shown as. With long sleeves it is a jumper. */
export function tee(tailor: Tailor, words: string): string {
  const { colour } = tailor.cloth;
  const isLong = /jumper|sweater|knit|cardigan|pullover/.test(words);
  const weave = isLong ? "knit" : "smooth";
  const end = isLong ? 776 : 412;
  const sleeve = tailor.piece({
    d: isLong
      ? path(
          [544, 226],
          [
            [
              [606, 244],
              [638, 310],
              [654, 400],
            ],
            [
              [672, 520],
              [686, 640],
              [690, end],
            ],
            [
              [666, end + 16],
              [634, end + 18],
              [606, end + 8],
            ],
            [
              [604, 640],
              [590, 540],
              [552, 404],
            ],
          ],
        )
      : path(
          [540, 226],
          [
            [
              [604, 244],
              [650, 310],
              [682, 396],
            ],
            [
              [656, 424],
              [612, 440],
              [580, 440],
            ],
            [
              [574, 420],
              [564, 400],
              [554, 372],
            ],
          ],
        ),
    turn: -18,
    weave,
    folds: [
      ["M570 290C604 340 614 380 612 430", 14],
      ...(isLong ? ([["M690 580C660 610 632 612 606 600", 14]] as const) : []),
    ],
    seams: isLong ? [] : ["M578 428C614 428 654 412 678 386"],
  });
  const body = tailor.piece({
    d: symmetric(
      [400, 274],
      [
        [
          [440, 272],
          [470, 244],
          [476, 196],
        ],
        [
          [506, 206],
          [528, 216],
          [548, 228],
        ],
        [
          [562, 290],
          [552, 350],
          [560, 410],
        ],
        [
          [570, 560],
          [566, 700],
          [570, 830],
        ],
        [
          [500, 848],
          [450, 850],
          [400, 850],
        ],
      ],
    ),
    weave,
    folds: [
      ["M254 440C296 560 282 680 258 800", 22],
      ["M546 440C506 560 522 680 544 806", 22],
      ["M318 330C344 440 332 560 344 680", 13],
      ["M480 340C456 460 470 570 452 700", 13],
    ],
    seams: ["M232 812C330 832 470 832 568 812"],
  });
  const inside = tailor.piece({
    d: "M324 196C352 214 448 214 476 196C472 244 440 272 400 274C360 272 328 244 324 196Z",
    colour: darker(colour, 0.5),
    weave: "smooth",
  });
  const rib = tailor.piece({
    d: "M324 196C328 244 360 272 400 274C440 272 472 244 476 196L492 202C488 262 446 296 400 298C354 296 312 262 308 202Z",
    tone: -0.08,
    weave: "rib",
    isPlain: true,
  });
  return bothSides(sleeve) + inside + body + rib;
}
