import { useElementSize } from "@mantine/hooks";
import { useMemo } from "react";
import { type Curve, type CurveAxes, curvesDrawing } from "../charts/curves.ts";
import { ChartView } from "../components/chart-view.tsx";
import { useWorkspace } from "../shell/workspace.tsx";

interface Props {
  readonly curves: readonly Curve[];
  readonly axes: CurveAxes;
  /** The text alternative. */
  readonly label: string;
}

/** Curves that fill the width there is. */
export function CurveChart({ curves, axes, label }: Props) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const { tokens, format } = useWorkspace();
  const rounded = Math.round(width / 24) * 24;
  const drawing = useMemo(
    () => (rounded === 0 ? null : curvesDrawing(curves, axes, { tokens, format, width: rounded })),
    [curves, axes, tokens, format, rounded],
  );
  return (
    <div ref={ref}>{drawing ? <ChartView drawing={drawing} label={label} /> : <div style={{ height: 280 }} />}</div>
  );
}
