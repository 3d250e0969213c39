import { useComputedColorScheme } from "@mantine/core";
import type { EChartsType } from "echarts/core";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import type { Drawing } from "../charts/drawing.ts";
import type { Turn } from "../charts/projection.ts";

interface Props {
  readonly drawing: Drawing;
  /** The text alternative: title and sentence. */
  readonly label: string;
  /** A point that was clicked, or entered by keyboard: its data index and series. */
  readonly onPick?: (point: number, series: number) => void;
  readonly onReady?: (chart: EChartsType | null) => void;
}

/** The instants a zoom leaves in view; without limits when it was reset. */
function windowOf(event: unknown): { startValue: number; endValue: number } {
  const batch: unknown = Reflect.get(Object(event), "batch");
  const zoom = Object(Array.isArray(batch) ? batch[0] : event);
  const [startValue, endValue] = [Reflect.get(zoom, "startValue"), Reflect.get(zoom, "endValue")];
  if (typeof startValue === "number" && typeof endValue === "number") return { startValue, endValue };
  return { startValue: Number.NEGATIVE_INFINITY, endValue: Number.POSITIVE_INFINITY };
}

/** Degrees a body turns with one press, and with each pixel it is dragged. */
const perPress = 15;
const perPixel = 0.4;

const turns = [
  { label: "Turn left", sideways: -perPress, upwards: 0 },
  { label: "Turn right", sideways: perPress, upwards: 0 },
  { label: "From higher", sideways: 0, upwards: perPress },
  { label: "From lower", sideways: 0, upwards: -perPress },
] as const;

const turnedBy = ({ around, above }: Turn, sideways: number, upwards: number): Turn => ({
  around: (around + sideways + 360) % 360,
  above: Math.min(90, Math.max(0, above + upwards)),
});

/** Draws an option on a canvas. Arrow keys step through its points, Escape leaves them; dragging zooms, a double click resets. */
export function ChartView({ drawing, label, onPick, onReady }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const latest = useRef({ drawing, onPick });
  latest.current = { drawing, onPick };
  const [isDrawn, setDrawn] = useState(false);
  const [isZoomed, setZoomed] = useState(false);
  const [point, setPoint] = useState(-1);
  const scheme = useComputedColorScheme("light");

  const resetZoom = useCallback((made: EChartsType | null) => {
    made?.dispatchAction({ type: "dataZoom", start: 0, end: 100 });
    setZoomed(false);
  }, []);

  const turn = useRef<Turn | null>(null);
  const turnBy = useCallback((sideways: number, upwards: number): void => {
    const { turning } = latest.current.drawing;
    if (!turning) return;
    turn.current = turnedBy(turn.current ?? turning.first, sideways, upwards);
    chart.current?.setOption(turning.turned(turn.current));
  }, []);

  useEffect(() => {
    let isGone = false;
    let observer: ResizeObserver | null = null;
    void import("../charts/echarts.ts").then(({ echarts }) => {
      if (isGone || !box.current) return;
      const made = echarts.init(box.current, null, { renderer: "canvas" });
      made.on("click", (event) => latest.current.onPick?.(event.dataIndex, event.seriesIndex ?? 0));
      made.on("datazoom", (event) => {
        const { startValue, endValue } = windowOf(event);
        const option = latest.current.drawing.zoom?.(startValue, endValue);
        if (option) made.setOption(option);
        setZoomed(Number.isFinite(startValue));
      });
      made.getZr().on("dblclick", () => resetZoom(made));
      let held: { x: number; y: number } | null = null;
      made.getZr().on("mousedown", ({ offsetX, offsetY }) => {
        held = latest.current.drawing.turning ? { x: offsetX, y: offsetY } : null;
      });
      made.getZr().on("mousemove", ({ offsetX, offsetY }) => {
        if (!held) return;
        turnBy((held.x - offsetX) * perPixel, (offsetY - held.y) * perPixel);
        held = { x: offsetX, y: offsetY };
      });
      for (const end of ["mouseup", "globalout"]) {
        made.getZr().on(end, () => {
          held = null;
        });
      }
      chart.current = made;
      observer = new ResizeObserver(() => made.resize());
      observer.observe(box.current);
      setDrawn(true);
      onReady?.(made);
    });
    return () => {
      isGone = true;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = null;
      onReady?.(null);
    };
  }, [onReady, resetZoom, turnBy]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes colours inside the option
  useEffect(() => {
    const made = chart.current;
    if (!isDrawn || !made) return;
    made.setOption(drawing.option, { notMerge: true });
    if (drawing.turning && turn.current) made.setOption(drawing.turning.turned(turn.current));
    made.resize();
    setZoomed(false);
    if (drawing.zoom && matchMedia("(pointer: fine)").matches) {
      made.dispatchAction({ type: "takeGlobalCursor", key: "dataZoomSelect", dataZoomSelectActive: true });
    }
  }, [drawing, isDrawn, scheme]);

  const step = (event: KeyboardEvent) => {
    const last = drawing.points.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: Math.min(last, point + 1),
      ArrowDown: Math.min(last, point + 1),
      ArrowLeft: Math.max(0, point - 1),
      ArrowUp: Math.max(0, point - 1),
      Home: 0,
      End: last,
    };
    const next = moves[event.key];
    if (event.key === "Escape") {
      setPoint(-1);
      chart.current?.dispatchAction({ type: "hideTip" });
    }
    if (event.key === "Enter" && point >= 0) onPick?.(point, 0);
    if (next === undefined || last < 0) return;
    event.preventDefault();
    setPoint(next);
    chart.current?.dispatchAction({ type: "showTip", seriesIndex: drawing.firstSeries ?? 0, dataIndex: next });
  };

  return (
    <div className="chart-scroll">
      <div
        ref={box}
        className="chart"
        style={{ height: drawing.height, minWidth: drawing.minWidth }}
        role="slider"
        tabIndex={0}
        aria-label={`Chart. ${label} Arrow keys step through the points.`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, drawing.points.length - 1)}
        aria-valuenow={Math.max(0, point)}
        aria-valuetext={drawing.points[point] ?? label}
        onKeyDown={step}
        onBlur={() => {
          setPoint(-1);
          chart.current?.dispatchAction({ type: "hideTip" });
        }}
      />
      {drawing.turning ? (
        <fieldset className="chart-turns" aria-label="Turn the cloud">
          {turns.map(({ label: words, sideways, upwards }) => (
            <button key={words} type="button" className="link-button" onClick={() => turnBy(sideways, upwards)}>
              {words}
            </button>
          ))}
        </fieldset>
      ) : null}
      {isZoomed ? (
        <button type="button" className="link-button zoom-reset" onClick={() => resetZoom(chart.current)}>
          Show the whole period
        </button>
      ) : null}
    </div>
  );
}
