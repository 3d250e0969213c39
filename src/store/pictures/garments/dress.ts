import type { Tailor } from "../cloth.ts";
import { darker } from "../palette.ts";
import { bothSides, path, symmetric } from "../shape.ts";

/** A dress with a fitted waist and a flared skirt. */
export function dress(tailor: Tailor): string {
  const { colour, variety } = tailor.cloth;
  const sleeve = tailor.piece({
    d: path(
      [496, 168],
      [
        [
          [560, 178],
          [598, 226],
          [612, 316],
        ],
        [
          [590, 338],
          [548, 342],
          [520, 330],
        ],
        [
          [518, 300],
          [510, 280],
          [504, 262],
        ],
      ],
    ),
    turn: -14,
    folds: [
      ["M516 200C546 240 560 280 560 330", 14],
      ["M540 196C576 240 588 280 592 322", 10],
    ],
    seams: ["M522 322C552 332 588 328 610 306"],
  });
  const skirt = tailor.piece({
    d: symmetric(
      [400, 442],
      [
        [
          [440, 442],
          [470, 440],
          [492, 436],
        ],
        [
          [540, 560],
          [600, 740],
          [640, 880],
        ],
        [
          [606, 914],
          [580, 886],
          [546, 908],
        ],
        [
          [510, 930],
          [480, 900],
          [440, 918],
        ],
        [
          [426, 924],
          [412, 922],
          [400, 914],
        ],
      ],
    ),
    roundness: 0.6,
    folds: [
      ["M330 452C300 600 250 760 212 890", 26],
      ["M362 452C350 600 318 760 300 906", 22],
      ["M400 452C402 600 396 760 390 910", 24],
      ["M438 452C452 600 482 760 498 906", 24],
      ["M470 452C502 600 556 760 590 890", 24],
    ],
    seams: ["M172 866C300 914 500 914 628 866"],
  });
  const bodice = tailor.piece({
    d: symmetric(
      [400, 236],
      [
        [
          [440, 234],
          [470, 206],
          [474, 158],
        ],
        [[506, 166]],
        [
          [528, 230],
          [522, 300],
          [512, 330],
        ],
        [
          [500, 380],
          [494, 410],
          [494, 446],
        ],
        [
          [460, 454],
          [430, 456],
          [400, 456],
        ],
      ],
    ),
    folds: [
      ["M316 280C340 340 330 400 320 440", 15],
      ["M484 280C462 340 470 400 480 440", 15],
      ["M360 300C372 360 368 410 366 448", 10],
    ],
    seams: ["M326 168C332 214 364 244 400 246C436 244 468 214 474 168"],
  });
  const neck = tailor.piece({
    d: "M326 158C350 176 450 176 474 158C470 206 440 234 400 236C360 234 330 206 326 158Z",
    colour: darker(colour, 0.55),
    weave: "smooth",
  });
  const belt = tailor.piece({
    d: "M304 432Q400 452 496 432L500 468Q400 488 300 468Z",
    tone: -0.28,
    isPlain: true,
    roundness: 0.9,
  });
  const bow =
    variety % 2 === 0
      ? `<g fill="${darker(colour, 0.32)}" stroke="${darker(colour, 0.6)}" stroke-width="2"><path d="M400 462C360 430 330 440 338 470C346 492 380 486 400 466Z"/><path d="M400 462C440 430 470 440 462 470C454 492 420 486 400 466Z"/><path d="M396 470C386 520 372 560 366 596L388 590C394 550 402 510 404 472Z"/><path d="M404 470C414 516 430 552 440 584L420 588C410 550 402 510 398 472Z"/><rect x="390" y="452" width="20" height="26" rx="7"/></g>`
      : `<rect x="380" y="440" width="40" height="38" rx="6" fill="none" stroke="#c9a75c" stroke-width="6"/>`;
  return bothSides(sleeve) + neck + skirt + bodice + belt + bow;
}
