import type { OwnFault } from "../api.ts";
import { Card } from "../components/card.tsx";
import { EmptyState } from "../components/states.tsx";

/** An analysis of the workspace's own that is wrong, where it would stand: what is wrong with which file. */
export const FaultCard = ({ fault }: { fault: OwnFault }) => (
  <Card title={fault.name} subtitle={fault.title} size="full">
    <div role="alert">
      <EmptyState what={fault.detail} step={fault.remedy} />
    </div>
  </Card>
);
