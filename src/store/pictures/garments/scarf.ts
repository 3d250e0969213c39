import type { Tailor } from "../cloth.ts";
import { darker, lighter } from "../palette.ts";

const fringe = (from: number, to: number, y: number, lean: number, colour: string): string =>
  Array.from({ length: Math.floor((to - from) / 13) }, (_, at) => {
    const x = from + 7 + at * 13;
    const sway = ((at * 37) % 11) - 5 + lean;
    const shade = at % 3 === 0 ? darker(colour, 0.22) : at % 3 === 1 ? colour : lighter(colour, 0.1);
    return `<path d="M${x} ${y - 4 + ((at * 5) % 7)}q${sway * 0.3} 34 ${sway} 66" fill="none" stroke="${shade}" stroke-width="7" stroke-linecap="round"/>`;
  }).join("");

/** A wide scarf, laid once around and hanging, with fringes. */
export function scarf(tailor: Tailor): string {
  const { colour } = tailor.cloth;
  const rear = tailor.piece({
    d: "M214 330C214 210 300 150 400 150C506 150 590 214 588 330C584 380 560 402 530 420L470 360C500 330 480 250 400 248C324 248 300 320 330 362L262 420C230 400 214 372 214 330Z",
    tone: -0.2,
    weave: "knit",
    folds: [
      ["M250 330C256 244 320 196 400 194", 22],
      ["M552 340C552 262 500 204 420 196", 22],
    ],
  });
  const under = tailor.piece({
    d: "M420 400C470 470 520 600 548 820L392 840C386 680 352 540 316 450Z",
    tone: -0.1,
    turn: -10,
    weave: "knit",
    folds: [
      ["M400 470C442 580 462 700 470 830", 22],
      ["M450 470C490 580 512 700 522 820", 16],
    ],
  });
  const over = tailor.piece({
    d: "M346 404C326 500 296 640 286 856L452 872C458 700 470 540 482 420Z",
    turn: 7,
    weave: "knit",
    folds: [
      ["M386 450C362 580 346 720 344 862", 24],
      ["M440 460C424 590 412 720 406 866", 20],
      ["M336 520C322 620 310 720 308 850", 12],
    ],
  });
  const wrap = tailor.piece({
    d: "M222 300C216 400 280 470 386 476C500 480 588 416 582 300C560 336 500 380 404 378C308 378 248 344 222 300Z",
    turn: 90,
    weave: "knit",
    folds: [
      ["M236 350C300 420 480 430 570 346", 24],
      ["M262 402C330 456 470 460 540 406", 18],
      ["M232 322C300 380 500 386 578 318", 12],
    ],
  });
  return (
    rear + fringe(394, 548, 832, 12, darker(colour, 0.1)) + under + fringe(288, 452, 862, -3, colour) + over + wrap
  );
}
