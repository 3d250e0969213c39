import type { Tailor } from "../cloth.ts";
import { darker, lighter } from "../palette.ts";
import { bothSides, path, type Step, symmetric } from "../shape.ts";

const body: readonly Step[] = [
  [[470, 196]],
  [
    [505, 214],
    [530, 224],
    [556, 238],
  ],
  [
    [570, 300],
    [562, 360],
    [566, 420],
  ],
  [
    [576, 560],
    [572, 690],
    [574, 826],
  ],
  [
    [510, 842],
    [450, 846],
    [400, 846],
  ],
];

const sleeve = path(
  [548, 236],
  [
    [
      [612, 258],
      [640, 318],
      [654, 400],
    ],
    [
      [672, 510],
      [690, 620],
      [700, 760],
    ],
    [
      [680, 778],
      [644, 784],
      [616, 778],
    ],
    [
      [606, 660],
      [590, 560],
      [556, 400],
    ],
  ],
);

const cuff = path(
  [612, 742],
  [
    [
      [640, 752],
      [676, 748],
      [700, 736],
    ],
    [
      [704, 756],
      [704, 772],
      [704, 788],
    ],
    [
      [676, 800],
      [642, 804],
      [616, 796],
    ],
  ],
);

/** A jacket: quilted, or waxed with a cord collar and large pockets; zipped or buttoned. */
export function jacket(tailor: Tailor, words: string): string {
  const { colour, variety } = tailor.cloth;
  const isQuilted = words.includes("quilted") || (!words.includes("waxed") && variety % 2 === 0);
  const lining = darker(colour, 0.6);
  const quilting = (
    from: number,
    to: number,
    left: number,
    right: number,
    sag: number,
  ): (readonly [string, number])[] =>
    Array.from({ length: Math.floor((to - from) / 66) }, (_, row) => {
      const y = from + row * 66;
      return [`M${left} ${y}Q${(left + right) / 2} ${y + sag} ${right} ${y}`, 26] as const;
    });
  const arm = tailor.piece({
    d: sleeve,
    turn: -8,
    roundness: 0.85,
    folds: isQuilted
      ? quilting(300, 740, 540, 720, 26)
      : [
          ["M572 330C600 420 596 470 604 540", 13],
          ["M690 560C660 580 640 590 612 588", 12],
          ["M696 640C664 648 640 662 616 660", 9],
        ],
    seams: isQuilted ? [] : ["M556 262C574 330 562 372 562 420"],
  });
  const wrist = tailor.piece({ d: cuff, tone: -0.16, weave: isQuilted ? "rib" : "smooth", isPlain: true });
  const back = tailor.piece({
    d: symmetric(
      [400, 168],
      [
        [
          [440, 168],
          [470, 180],
          [482, 206],
        ],
        [
          [460, 250],
          [430, 270],
          [400, 276],
        ],
      ],
    ),
    colour: lining,
    weave: "smooth",
  });
  const front = tailor.piece({
    d: symmetric([400, 236], body),
    folds: isQuilted
      ? quilting(316, 830, 220, 580, 22)
      : [
          ["M262 440C300 520 290 640 268 760", 20],
          ["M540 450C512 560 520 640 548 780", 22],
          ["M330 300C350 420 344 520 352 600", 12],
          ["M470 300C452 420 462 520 446 640", 12],
        ],
    seams: isQuilted ? [] : ["M246 818C330 834 470 834 554 818"],
  });
  const collar = tailor.piece({
    d: path(
      [398, 272],
      [
        [
          [380, 240],
          [352, 216],
          [326, 192],
        ],
        [
          [330, 172],
          [346, 160],
          [364, 154],
        ],
        [
          [366, 200],
          [384, 232],
          [400, 250],
        ],
      ],
    ),
    tone: isQuilted ? -0.12 : -0.3,
    weave: isQuilted ? "smooth" : "rib",
    turn: 28,
    isPlain: true,
    ...(isQuilted ? {} : { colour: darker(colour, 0.35) }),
    seams: [],
  });
  const otherCollar = `<g transform="translate(800 0) scale(-1 1)">${collar}</g>`;
  const metal = variety % 3 === 0 ? "#c9a75c" : "#c7cbd0";
  const zip = `<rect x="393" y="252" width="14" height="588" fill="${darker(colour, 0.5)}"/><path d="M400 254V838" stroke="${metal}" stroke-width="6" stroke-dasharray="2.5 2.5"/><rect x="394" y="286" width="12" height="36" rx="4" fill="${metal}"/><rect x="397" y="316" width="6" height="20" rx="3" fill="${darker(metal, 0.2)}"/>`;
  const snaps = `<path d="M${382} 258C384 480 384 660 384 842" fill="none" stroke="${darker(colour, 0.6)}" stroke-width="3" opacity=".55"/><path d="M420 258C421 480 421 660 421 842" fill="none" stroke="${lighter(colour, 0.3)}" stroke-width="1.6" stroke-dasharray="6 4" opacity=".7"/>${[322, 422, 522, 622, 722].map((y) => `<circle cx="402" cy="${y}" r="9.5" fill="${darker(metal, 0.35)}"/><circle cx="401" cy="${y - 1}" r="7.5" fill="${metal}"/><circle cx="399" cy="${y - 3}" r="2.6" fill="#fff" opacity=".7"/>`).join("")}`;
  const pocket = isQuilted
    ? `<path d="M512 636L542 726" stroke="${darker(colour, 0.65)}" stroke-width="11" stroke-linecap="round"/><path d="M509 636L539 726" stroke="${lighter(colour, 0.25)}" stroke-width="2" opacity=".7"/>`
    : tailor.piece({
        d: "M452 622H556V758Q556 770 544 770H464Q452 770 452 758Z",
        tone: 0.03,
        roundness: 0.2,
        seams: ["M460 632V756Q460 762 466 762H542Q548 762 548 756V632"],
      }) +
      tailor.piece({
        d: "M446 604H562V648Q504 668 446 648Z",
        tone: 0.05,
        roundness: 0.25,
        seams: ["M452 642Q504 660 556 642"],
      }) +
      `<circle cx="504" cy="642" r="6.5" fill="${metal}"/>`;
  return bothSides(arm + wrist) + back + front + (isQuilted ? zip : snaps) + bothSides(pocket) + collar + otherCollar;
}
