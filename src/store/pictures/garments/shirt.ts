import type { Tailor } from "../cloth.ts";
import { darker, lighter, lightness } from "../palette.ts";
import { bothSides, path, symmetric } from "../shape.ts";

/** A buttoned shirt with collar, placket and chest pocket. */
export function shirt(tailor: Tailor): string {
  const { colour } = tailor.cloth;
  const button = lightness(colour) > 0.5 ? darker(colour, 0.3) : lighter(colour, 0.75);
  const sleeve = tailor.piece({
    d: path(
      [544, 214],
      [
        [
          [604, 230],
          [636, 300],
          [652, 390],
        ],
        [
          [670, 510],
          [682, 620],
          [688, 742],
        ],
        [
          [664, 756],
          [638, 758],
          [614, 752],
        ],
        [
          [604, 620],
          [588, 540],
          [552, 392],
        ],
      ],
    ),
    turn: -9,
    roundness: 0.85,
    folds: [
      ["M566 300C602 380 596 460 606 540", 13],
      ["M684 560C654 588 634 592 606 580", 12],
      ["M686 650C658 670 640 672 612 664", 10],
    ],
  });
  const cuff = tailor.piece({
    d: "M610 736Q652 752 690 728L696 800Q656 820 616 806Z",
    tone: -0.05,
    turn: -6,
    seams: ["M614 744Q652 760 690 738", "M618 792Q656 806 694 788"],
  });
  const cuffButton = `<circle cx="676" cy="772" r="6.5" fill="${button}"/>`;
  const body = tailor.piece({
    d: symmetric(
      [400, 226],
      [
        [[466, 186]],
        [
          [500, 200],
          [524, 208],
          [552, 218],
        ],
        [
          [566, 280],
          [556, 340],
          [560, 400],
        ],
        [
          [566, 540],
          [564, 660],
          [566, 770],
        ],
        [
          [560, 836],
          [470, 872],
          [400, 872],
        ],
      ],
    ),
    roundness: 0.6,
    folds: [
      ["M258 420C296 540 280 660 262 780", 20],
      ["M544 420C508 540 520 660 540 790", 20],
      ["M316 320C342 420 330 560 340 680", 12],
      ["M476 330C456 450 470 560 456 700", 12],
    ],
    seams: ["M238 774C254 828 332 858 400 858C468 858 546 828 562 774"],
  });
  const placket = tailor.piece({
    d: "M380 236H420V872H380Z",
    tone: 0.05,
    roundness: 0.15,
    seams: [],
  });
  const lines = `<path d="M387 250V868M413 250V868" stroke="${darker(colour, 0.4)}" stroke-width="1.6" stroke-dasharray="6 4" opacity=".6"/>`;
  const buttons = [300, 392, 484, 576, 668, 760]
    .map(
      (y) =>
        `<circle cx="401.500" cy="${y + 2}" r="9.500" fill="#120c14" opacity=".3"/><circle cx="400" cy="${y}" r="9" fill="${button}"/><circle cx="397" cy="${y}" r="1.500" fill="${darker(button, 0.5)}"/><circle cx="403" cy="${y}" r="1.500" fill="${darker(button, 0.5)}"/>`,
    )
    .join("");
  const pocket = tailor.piece({
    d: "M452 352H540V446L496 468L452 446Z",
    tone: 0.02,
    roundness: 0.15,
    seams: ["M456 362H536"],
  });
  const stand = tailor.piece({
    d: "M336 176Q400 156 464 176L452 214Q400 236 348 214Z",
    colour: darker(colour, 0.42),
    weave: "smooth",
  });
  const collar = tailor.piece({
    d: path(
      [400, 246],
      [
        [
          [430, 222],
          [452, 200],
          [462, 166],
        ],
        [
          [478, 178],
          [490, 196],
          [496, 210],
        ],
        [
          [484, 246],
          [470, 276],
          [456, 298],
        ],
      ],
    ),
    tone: 0.06,
    turn: 35,
    seams: [],
  });
  const tips = `<path d="M410 247C436 226 456 204 465 178L488 210C478 240 468 266 455 285Z" fill="none" stroke="${darker(colour, 0.4)}" stroke-width="1.600" stroke-dasharray="6 4" opacity=".6"/>`;
  return (
    bothSides(sleeve + cuff + cuffButton) + body + placket + lines + pocket + buttons + stand + bothSides(collar + tips)
  );
}
