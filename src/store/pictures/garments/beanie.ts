import { softLine, type Tailor } from "../cloth.ts";
import { darker, lighter } from "../palette.ts";
import { symmetric } from "../shape.ts";

/** A ribbed beanie with a turned-up brim; some have a pompom. */
export function beanie(tailor: Tailor): string {
  const { colour, pattern, variety } = tailor.cloth;
  const domeOutline = symmetric(
    [400, 250],
    [
      [
        [500, 248],
        [596, 330],
        [622, 470],
      ],
      [
        [634, 540],
        [636, 600],
        [634, 660],
      ],
      [
        [540, 690],
        [460, 694],
        [400, 694],
      ],
    ],
  );
  const dome = tailor.piece({
    d: domeOutline,
    weave: "knit",
    roundness: 0.95,
    folds: [["M250 420C300 330 380 292 420 290", 20]],
  });
  const ribs = Array.from({ length: 15 }, (_, at) => {
    const share = (at - 7) / 7.4;
    const bottom = 400 + share * 236;
    const bend = 400 + share * 214;
    const top = 400 + share * 34;
    const d = `M${bottom.toFixed(1)} 690C${bottom.toFixed(1)} 520 ${bend.toFixed(1)} 380 ${top.toFixed(1)} 262`;
    return `<path d="${d}" stroke="${darker(colour, 0.62)}" stroke-width="9" opacity=".34"/><path d="${d}" transform="translate(-8 0)" stroke="${lighter(colour, 0.5)}" stroke-width="6" opacity=".22"/>`;
  }).join("");
  const brim = tailor.piece({
    d: symmetric(
      [400, 610],
      [
        [
          [500, 608],
          [580, 600],
          [640, 582],
        ],
        [
          [652, 640],
          [652, 720],
          [644, 772],
        ],
        [
          [570, 796],
          [470, 802],
          [400, 802],
        ],
      ],
    ),
    weave: "rib",
    tone: 0.03,
    roundness: 0.9,
    isPlain: pattern === "plain" || variety % 2 === 0,
    folds: [["M160 640C280 668 520 668 646 636", 12]],
  });
  const shadow = `<g clip-path="url(#p1)" fill="none">${softLine("M158 586C240 606 560 606 642 586", "#120c14", 70, 0.5)}</g>`;
  const label = `<g transform="translate(486 716) rotate(-3)"><rect width="84" height="44" rx="4" fill="#b58a58"/><rect x="4" y="4" width="76" height="36" rx="3" fill="none" stroke="#7d5a34" stroke-width="1.6" stroke-dasharray="5 3"/><path d="M22 28l10-13 8 9 6-6 14 10z" fill="#7d5a34"/></g>`;
  const pompom =
    variety % 3 === 0
      ? `<g transform="translate(400 214)">${Array.from({ length: 150 }, (_, at) => {
          const turn = at * 2.39996;
          const reach = 84 * Math.sqrt((at + 1) / 150);
          const [x, y] = [Math.cos(turn) * reach * 0.8, Math.sin(turn) * reach * 0.8];
          const shade =
            y + x * 0.5 < -10
              ? lighter(colour, 0.24)
              : y + x * 0.5 > 40
                ? darker(colour, 0.4)
                : at % 3 === 0
                  ? darker(colour, 0.16)
                  : colour;
          return `<path d="M${x.toFixed(1)} ${y.toFixed(1)}L${(x * 1.34).toFixed(1)} ${(y * 1.34).toFixed(1)}" stroke="${shade}" stroke-width="11" stroke-linecap="round"/>`;
        }).join("")}</g>`
      : `<ellipse cx="400" cy="258" rx="34" ry="13" fill="${darker(colour, 0.35)}"/>`;
  return `${pompom}${dome}<g clip-path="url(#p1)" fill="none">${ribs}</g>${shadow}${brim}${label}`;
}
