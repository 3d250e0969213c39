import { IconArrowDownRight, IconArrowUpRight, IconMinus } from "@tabler/icons-react";
import type { CatalogueEntry, ChartOf, Row } from "../catalogue-types.ts";
import type { Change } from "../change.ts";
import { measureChoices } from "../charts/line-series.ts";
import { sparklinePath, thinned } from "../charts/sparkline.ts";
import { type Tile, tilesOf } from "../charts/tiles.ts";
import { useView, useWorkspace } from "../shell/workspace.tsx";
import { setControl } from "../view-state.ts";
import { entryOf, useAnalysis } from "./use-analysis.ts";

const sparkWidth = 120;
const sparkHeight = 28;

function Spark({ course }: { course: Tile["course"] }) {
  const path = sparklinePath(thinned(course, 60), sparkWidth, sparkHeight);
  return (
    <svg
      className="spark"
      viewBox={`-1 -2 ${sparkWidth + 2} ${sparkHeight + 4}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {path ? <path d={path} vectorEffect="non-scaling-stroke" /> : null}
    </svg>
  );
}

const arrows = { up: IconArrowUpRight, down: IconArrowDownRight, same: IconMinus, unknown: IconMinus } as const;

export function ChangeText({ change }: { change: Change }) {
  const Arrow = arrows[change.direction];
  const verdict = change.verdict === "neutral" ? "" : `, ${change.verdict}`;
  return (
    <span className={`change verdict-${change.verdict}`}>
      <Arrow size={14} stroke={1.5} aria-hidden />
      <span aria-hidden>{change.text}</span>
      <span className="sr-only">{`${change.spoken} against the compared period${verdict}`}</span>
    </span>
  );
}

interface Props {
  readonly entry: CatalogueEntry;
  readonly chart: ChartOf<"tiles">;
  readonly rows: readonly Row[];
}

interface FiguresProps {
  readonly tiles: readonly Tile[];
  /** Measures the daily chart can show; a tile of such a measure chooses it. */
  readonly measures: readonly string[];
  readonly shown: string | null;
  readonly onShow: (name: string) => void;
}

function TileFigures({ tiles, measures, shown, onShow }: FiguresProps) {
  return (
    <dl className="tiles">
      {tiles.map((tile) => (
        <div key={tile.name} className="tile" title={`${tile.label}: ${tile.exact}. ${tile.meaning}`}>
          <dt>
            {measures.includes(tile.name) ? (
              <button
                type="button"
                className="tile-button"
                aria-pressed={tile.name === shown}
                title={`Show ${tile.label.toLowerCase()} day by day`}
                onClick={() => onShow(tile.name)}
              >
                {tile.label}
              </button>
            ) : (
              tile.label
            )}
          </dt>
          <dd className="tile-figure">{tile.figure}</dd>
          <dd className="tile-change">{tile.change ? <ChangeText change={tile.change} /> : null}</dd>
          <dd>
            <Spark course={tile.course} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const noRows: readonly Row[] = [];

function WithCourse({ entry, chart, rows, daily }: Props & { daily: CatalogueEntry }) {
  const { format, shop } = useWorkspace();
  const [view, setView] = useView();
  const course = useAnalysis(daily);
  // Where other figures are chosen, the daily chart does not stand below them.
  const isDeclared = chart === entry.chart;
  const measures = isDeclared && daily.chart.kind === "line" ? measureChoices(daily.chart, daily) : [];
  const set = view.controls[daily.name]?.show;
  return (
    <TileFigures
      tiles={tilesOf(chart, entry, rows, course.data?.rows ?? noRows, format, shop.has_sessions)}
      measures={measures}
      shown={typeof set === "string" ? set : (measures[0] ?? null)}
      onShow={(name) => setView((now) => setControl(now, daily.name, "show", name === measures[0] ? null : name))}
    />
  );
}

/** Figures with their change and, from the daily figures, their course. */
export function TileRow(props: Props) {
  const { format, shop } = useWorkspace();
  const daily = entryOf("daily-kpis");
  if (daily && props.entry.page === daily.page) return <WithCourse {...props} daily={daily} />;
  const tiles = tilesOf(props.chart, props.entry, props.rows, noRows, format, shop.has_sessions);
  return <TileFigures tiles={tiles} measures={[]} shown={null} onShow={() => undefined} />;
}
