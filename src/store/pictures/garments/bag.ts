import type { Tailor } from "../cloth.ts";
import { darker, lighter, lightness } from "../palette.ts";

/** A bag: a tote of leather with two handles, or a small one with a flap. */
export function bag(tailor: Tailor): string {
  const { colour, variety } = tailor.cloth;
  const edge = darker(colour, 0.42);
  const metal = variety % 2 === 0 ? "#c9a75c" : "#c7cbd0";
  const thread = lightness(colour) < 0.35 ? lighter(colour, 0.4) : darker(colour, 0.4);
  const handle = (d: string, width: number, tint: string): string =>
    `<path d="${d}" fill="none" stroke="${darker(tint, 0.4)}" stroke-width="${width + 4}" stroke-linecap="round"/><path d="${d}" fill="none" stroke="${tint}" stroke-width="${width}" stroke-linecap="round"/><path d="${d}" transform="translate(-4 -2)" fill="none" stroke="#fff" stroke-width="${width * 0.22}" opacity=".28" stroke-linecap="round"/>`;
  if (variety % 3 === 1) {
    const strap = handle("M214 470C220 230 300 120 400 120C500 120 580 230 586 470", 15, darker(colour, 0.15));
    const body = tailor.piece({
      d: "M178 470Q178 440 208 438H592Q622 440 622 470L640 800Q640 836 604 838H196Q160 836 160 800Z",
      weave: "leather",
      roundness: 0.8,
      folds: [["M200 800C300 824 500 824 600 800", 16]],
      seams: ["M182 790Q182 814 206 816H594Q618 814 618 790"],
      thread,
    });
    const flap = tailor.piece({
      d: "M172 456Q174 424 208 422H592Q626 424 628 456L630 610C610 690 480 716 400 716C320 716 190 690 170 610Z",
      tone: 0.05,
      weave: "leather",
      roundness: 0.8,
      seams: ["M186 606C206 672 324 700 400 700C476 700 594 672 614 606"],
      thread,
    });
    const lock = `<rect x="370" y="668" width="60" height="66" rx="10" fill="${darker(metal, 0.3)}"/><rect x="372" y="668" width="56" height="60" rx="9" fill="${metal}"/><circle cx="400" cy="698" r="9" fill="${darker(metal, 0.45)}"/><path d="M380 676h26" stroke="#fff" stroke-width="4" opacity=".6" stroke-linecap="round"/>`;
    const rings = [214, 586]
      .map((x) => `<circle cx="${x}" cy="462" r="17" fill="none" stroke="${metal}" stroke-width="8"/>`)
      .join("");
    return strap + body + flap + lock + rings;
  }
  const rear = handle("M300 420C300 230 340 170 400 170C460 170 500 230 500 420", 20, darker(colour, 0.35));
  const inside = tailor.piece({
    d: "M180 392Q400 362 620 392Q400 436 180 392Z",
    colour: darker(colour, 0.6),
    weave: "leather",
  });
  const body = tailor.piece({
    d: "M178 392Q400 432 622 392L664 838Q664 866 636 868Q400 884 164 868Q136 866 136 838Z",
    weave: "leather",
    roundness: 0.75,
    folds: [
      ["M220 440C236 560 220 700 196 830", 24],
      ["M584 440C566 560 584 700 606 830", 24],
      ["M330 520C360 640 350 740 330 830", 16],
      ["M480 520C456 640 466 740 484 830", 16],
    ],
    seams: ["M186 412Q400 450 614 412", "M150 836Q400 860 650 836"],
    thread,
  });
  const front = handle("M292 446C286 250 330 196 400 196C470 196 514 250 508 446", 20, darker(colour, 0.12));
  const tab = (x: number): string =>
    `<path d="M${x - 22} 426H${x + 22}V520L${x} 540L${x - 22} 520Z" fill="${edge}"/><path d="M${x - 16} 432V516L${x} 531L${x + 16} 516V432" fill="none" stroke="${thread}" stroke-width="1.8" stroke-dasharray="5 4"/><circle cx="${x}" cy="508" r="7" fill="${metal}"/><circle cx="${x}" cy="448" r="7" fill="${metal}"/>`;
  const tag = `<path d="M400 470L404 540" stroke="${metal}" stroke-width="3"/><g transform="translate(378 540) rotate(4)"><rect width="52" height="80" rx="8" fill="${edge}"/><rect x="5" y="5" width="42" height="70" rx="6" fill="none" stroke="${thread}" stroke-width="1.6" stroke-dasharray="5 4"/></g>`;
  return rear + inside + body + tab(292) + tab(508) + front + (variety % 2 === 0 ? tag : "");
}
