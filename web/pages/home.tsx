import "../styles/home.css";
import { Select } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Card } from "../components/card.tsx";
import { PageView } from "../components/page-view.tsx";
import { FlowCard } from "../home/flow-card.tsx";
import { StatusCard } from "../home/status-card.tsx";
import { type Step, viewpointOf, viewpoints } from "../home/viewpoints.ts";
import { useChange } from "../kept/use-kept.ts";
import { useCarriedSearch, useWorkspace } from "../shell/workspace.tsx";
import { pageOf } from "./registry.ts";

/** What a person asks first, from where they look at the shop; whether everything runs; how data flows; where to go next. */
export function HomePage() {
  const { session } = useWorkspace();
  const change = useChange("session");
  const chosen = viewpointOf(session.viewpoint);
  return (
    <PageView
      key={chosen.name}
      page="home"
      lead={chosen.lead}
      placements={chosen.placements}
      action={
        <Select
          className="home-viewpoint"
          aria-label="Your viewpoint"
          allowDeselect={false}
          value={chosen.name}
          data={viewpoints.map(({ name, label }) => ({ value: name, label }))}
          onChange={(viewpoint) => viewpoint && void change("POST", "/viewpoint", { viewpoint })}
        />
      }
    >
      <FlowCard />
      <StatusCard />
      <NextCard steps={chosen.next} />
    </PageView>
  );
}

function NextCard({ steps }: { steps: readonly Step[] }) {
  const search = useCarriedSearch();
  return (
    <Card title="Where next" subtitle="From this viewpoint" size="half">
      <ul className="home-next">
        {steps.map(({ page, why }) => {
          const known = pageOf(page);
          return known ? (
            <li key={page} className="home-step">
              <Link to={known.path} search={search}>
                {known.label}
              </Link>
              <span className="muted">{why}</span>
            </li>
          ) : null;
        })}
      </ul>
    </Card>
  );
}
