import { useComputedColorScheme } from "@mantine/core";
import type { EChartsType } from "echarts/core";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import type { Drawing } from "../charts/drawing.ts";

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
  }, [onReady, resetZoom]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes colours inside the option
  useEffect(() => {
    const made = chart.current;
    if (!isDrawn || !made) return;
    made.setOption(drawing.option, { notMerge: true });
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
    chart.current?.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: next });
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
      {isZoomed ? (
        <button type="button" className="link-button zoom-reset" onClick={() => resetZoom(chart.current)}>
          Show the whole period
        </button>
      ) : null}
    </div>
  );
}
