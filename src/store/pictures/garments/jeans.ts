import { softLine, type Tailor } from "../cloth.ts";
import { darker, lighter, lightness } from "../palette.ts";
import { bothSides, path } from "../shape.ts";

/** Jeans of five pockets; "high-waist" ones begin higher and taper. */
export function jeans(tailor: Tailor, words: string): string {
  const { colour } = tailor.cloth;
  const isHigh = words.includes("high");
  const ankle = isHigh ? 566 : 590;
  const thread = lightness(colour) > 0.65 ? darker(colour, 0.35) : "#d79a4b";
  const leg = (isRight: boolean): string => {
    const d = path(
      [398, 176],
      [
        [[524, 168]],
        [
          [560, 260],
          [576, 360],
          [586, 470],
        ],
        [
          [592, 620],
          [ankle + 4, 760],
          [ankle, 908],
        ],
        [
          [ankle - 40, 920],
          [ankle - 84, 920],
          [ankle - 122, 910],
        ],
        [
          [462, 760],
          [440, 600],
          [404, 424],
        ],
        [[398, 420]],
      ],
    );
    return tailor.piece({
      d,
      turn: isRight ? 86 : 94,
      roundness: 0.85,
      thread,
      weave: "twill",
      folds: [
        ["M404 420C450 430 500 412 548 384", 13],
        ["M404 440C446 470 490 470 532 458", 12],
        ["M470 640C510 660 548 652 588 628", 15],
        ["M476 690C512 704 548 700 584 686", 11],
        ["M500 866C530 880 560 878 588 862", 12],
        ["M560 300C552 420 546 520 556 610", 16],
      ],
      seams: [
        `M${ankle - 124} 888C${ankle - 84} 898 ${ankle - 40} 898 ${ankle + 2} 886`,
        "M536 196C572 340 580 460 572 620",
      ],
    });
  };
  const worn = lightness(colour) > 0.65 ? 0.2 : 0.42;
  const fade = `<g fill="none" stroke-linecap="round">${softLine("M486 320C492 400 500 470 504 540", "#fff", 120, worn)}${softLine("M514 610L520 700", "#fff", 100, worn * 0.8)}</g>`;
  const pocket = `<path d="M450 180C454 226 486 254 548 262" fill="none" stroke="${darker(colour, 0.65)}" stroke-width="5" opacity=".7"/><path d="M446 182C450 232 484 262 550 270" fill="none" stroke="${thread}" stroke-width="2.2" stroke-dasharray="7 4"/><path d="M440 184C444 238 482 270 551 278" fill="none" stroke="${thread}" stroke-width="2.2" stroke-dasharray="7 4"/><circle cx="452" cy="190" r="5" fill="#b9834c"/><circle cx="541" cy="262" r="5" fill="#b9834c"/>`;
  const top = isHigh ? 104 : 124;
  const band = tailor.piece({
    d: `M272 ${top + 8}Q400 ${top - 6} 528 ${top + 8}L530 184Q400 172 270 184Z`,
    tone: -0.08,
    roundness: 0.8,
    thread,
    seams: [`M274 ${top + 16}Q400 ${top + 2} 526 ${top + 16}`, "M272 172Q400 160 528 172"],
  });
  const inside = tailor.piece({
    d: `M272 ${top + 8}Q400 ${top - 6} 528 ${top + 8}Q400 ${top + 34} 272 ${top + 8}Z`,
    colour: darker(colour, 0.58),
    weave: "smooth",
  });
  const loop = (x: number): string =>
    `<rect x="${x - 9}" y="${top - 4}" width="18" height="${196 - top}" rx="4" fill="${darker(colour, 0.2)}" stroke="${darker(colour, 0.6)}" stroke-width="1.6"/><path d="M${x - 4} ${top}V186M${x + 4} ${top}V186" stroke="${thread}" stroke-width="1.6" stroke-dasharray="5 4"/>`;
  const fly = `<path d="M400 176V400" stroke="${darker(colour, 0.6)}" stroke-width="4" opacity=".7"/><path d="M428 184V330C428 372 420 392 402 402" fill="none" stroke="${thread}" stroke-width="2.2" stroke-dasharray="7 4"/><path d="M435 184V332C435 378 424 402 404 412" fill="none" stroke="${thread}" stroke-width="2.2" stroke-dasharray="7 4"/>`;
  const button = `<circle cx="400" cy="${(top + 184) / 2 + 4}" r="17" fill="#8a6239"/><circle cx="399" cy="${(top + 184) / 2 + 3}" r="14" fill="#c79a62"/><circle cx="399" cy="${(top + 184) / 2 + 3}" r="8" fill="none" stroke="#8a6239" stroke-width="2"/><circle cx="394" cy="${(top + 184) / 2 - 2}" r="4" fill="${lighter("#c79a62", 0.6)}"/>`;
  const left = `<g transform="translate(800 0) scale(-1 1)">${leg(false)}</g>`;
  return left + leg(true) + bothSides(fade + pocket) + fly + band + inside + bothSides(loop(466)) + button;
}
