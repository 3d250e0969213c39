import { softLine, type Tailor } from "../cloth.ts";
import { darker, lighter, lightness } from "../palette.ts";

/** A pair of trainers, one behind the other. */
export function shoes(tailor: Tailor): string {
  const { colour, variety } = tailor.cloth;
  const sole = lightness(colour) > 0.75 ? "#d9c9ad" : "#f4f0e8";
  const lace = lightness(colour) > 0.6 ? darker(colour, 0.35) : "#f6f2ea";
  const shoe = (): string => {
    const upper = tailor.piece({
      d: "M150 520C158 470 166 432 176 398C206 416 262 418 300 396C330 440 392 470 452 492C520 514 580 516 622 546C652 568 654 604 646 632L154 640C142 610 144 560 150 520Z",
      weave: "smooth",
      folds: [
        ["M392 476C380 520 384 560 402 600", 14],
        ["M452 496C444 540 450 570 464 604", 12],
        ["M200 430C206 500 200 560 190 620", 12],
      ],
      seams: [],
    });
    const toe = tailor.piece({
      d: "M522 506C580 512 628 534 644 572C652 600 650 620 646 634L540 636C520 600 512 550 522 506Z",
      tone: 0.06,
      isPlain: true,
      weave: "smooth",
      seams: ["M528 510C520 552 526 600 546 634"],
    });
    const quarter = tailor.piece({
      d: "M150 520C156 478 164 440 172 410C208 452 270 470 330 474C348 520 352 580 344 638L154 640C142 610 144 560 150 520Z",
      tone: -0.14,
      isPlain: true,
      weave: "smooth",
      seams: ["M176 420C214 462 272 480 322 484"],
    });
    const stripe =
      variety % 2 === 0
        ? `<path d="M236 624L300 500L330 504L272 632Z" fill="${sole}" opacity=".92"/><path d="M292 632L346 516L372 522L326 634Z" fill="${sole}" opacity=".92"/>`
        : `<path d="M214 600C280 596 348 566 410 500C404 566 344 628 250 634Z" fill="${sole}" opacity=".92"/>`;
    const collar = tailor.piece({
      d: "M176 398C206 416 262 418 300 396C310 412 318 426 326 440C270 470 206 462 166 438Z",
      colour: darker(colour, 0.45),
      weave: "fleece",
    });
    const tongue = tailor.piece({
      d: "M288 404C300 372 330 352 360 360C372 392 404 430 440 456L396 480C350 466 314 440 288 404Z",
      tone: 0.1,
      isPlain: true,
      weave: "smooth",
    });
    const laces = [0, 1, 2, 3]
      .map((row) => {
        const [x, y] = [330 + row * 36, 446 + row * 17];
        return `<path d="M${x - 14} ${y + 20}C${x} ${y - 12} ${x + 22} ${y - 26} ${x + 42} ${y - 22}" fill="none" stroke="#120c14" stroke-width="11" opacity=".3" transform="translate(3 5)"/><path d="M${x - 14} ${y + 20}C${x} ${y - 12} ${x + 22} ${y - 26} ${x + 42} ${y - 22}" fill="none" stroke="${lace}" stroke-width="10" stroke-linecap="round"/>`;
      })
      .join("");
    const bow = `<g fill="none" stroke="${lace}" stroke-width="7" stroke-linecap="round"><path d="M330 430C290 400 270 420 296 440C310 450 326 446 334 436"/><path d="M334 436C352 396 384 390 378 416C374 432 350 440 336 438"/><path d="M332 438C322 466 312 480 300 490"/></g>`;
    const base = `<path d="M140 626C240 640 560 640 652 620C668 640 666 672 654 688C560 700 240 700 160 690C140 684 132 652 140 626Z" fill="${sole}"/><path d="M140 626C240 640 560 640 652 620C668 640 666 672 654 688C560 700 240 700 160 690C140 684 132 652 140 626Z" fill="url(#top)"/><path d="M144 660C260 672 540 672 662 656" fill="none" stroke="${darker(sole, 0.25)}" stroke-width="3"/><path d="M160 690C240 700 560 700 654 688L650 700C560 712 240 712 166 702Z" fill="${darker(colour, 0.3)}"/><path d="M140 628C240 642 560 642 652 622" fill="none" stroke="#120c14" stroke-width="5" opacity=".3"/>`;
    const shine = `<g fill="none" stroke-linecap="round">${softLine("M552 524C590 532 622 552 632 576", "#fff", 26, 0.4)}</g>`;
    return (
      collar +
      upper +
      tongue +
      quarter +
      stripe +
      toe +
      laces +
      bow +
      base +
      shine +
      `<path d="M168 470C176 450 182 436 196 430" stroke="${lighter(colour, 0.4)}" stroke-width="4" opacity=".5" fill="none"/>`
    );
  };
  const ground = (y: number): string =>
    `<g fill="none" stroke-linecap="round">${softLine(`M170 ${y}H640`, "#2a1f1a", 80, 0.6)}</g>`;
  const far = `<g transform="translate(110 -130) scale(.92)">${ground(694)}${shoe()}</g>`;
  return `${far}<g transform="translate(-4 130)">${ground(694)}${shoe()}</g>`;
}
