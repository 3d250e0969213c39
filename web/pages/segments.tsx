import "../styles/segments.css";
import { useLocation } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { asGroup, BuilderCard, type Draft } from "../segments/builder-card.tsx";
import { ListCard } from "../segments/list-card.tsx";
import { newCondition, type Rule, type Segment } from "../segments/rule.ts";
import { SizesCard } from "../segments/sizes-card.tsx";
import { useSegments } from "../segments/use-segments.ts";
import { useWorkspace } from "../shell/workspace.tsx";

/** The rule another page has put into the address, or a first condition. */
function ruleOfAddress(search: string): Rule {
  const given = new URLSearchParams(search).get("rule");
  try {
    const rule: unknown = JSON.parse(given ?? "");
    if (typeof rule === "object" && rule !== null) return asGroup(rule as Rule);
  } catch {
    // An address that was cut opens the page as it is without one.
  }
  return { all: [newCondition("orders")] };
}

/** Segments: those there are, their size over time, and the builder. */
export function SegmentsPage() {
  const { shop, format } = useWorkspace();
  const { searchStr } = useLocation();
  const segments = useSegments();
  const [shown, setShown] = useState<string | null>(null);
  const [draft, setDraft] = useState<Draft>(() => ({ title: "", name: null, rule: ruleOfAddress(searchStr) }));
  useEffect(() => {
    document.title = `Segments – ${shop.name} – Cartwright`;
  }, [shop.name]);
  const rows = segments.data?.rows ?? [];
  const chosen = rows.find((segment) => segment.name === shown) ?? rows[0];
  const edit = (segment: Segment): void =>
    setDraft({ title: segment.title, name: segment.name, rule: asGroup(segment.rule) });
  return (
    <div className="page">
      <h1 className="sr-only">Segments</h1>
      <p className="lead">
        {segments.isSuccess
          ? `${format.count(rows.length)} ${rows.length === 1 ? "segment names" : "segments name"} customers of ${shop.name} for filters, charts and exports.`
          : "Segments name customers for filters, charts and exports."}
      </p>
      <div className="grid">
        <ListCard onShow={(segment) => setShown(segment.name)} onEdit={edit} />
        <BuilderCard
          draft={draft}
          onChange={setDraft}
          onSaved={(segment) => {
            setShown(segment.name);
            setDraft({ title: segment.title, name: segment.name, rule: asGroup(segment.rule) });
          }}
        />
        {chosen ? <SizesCard key={chosen.name} segment={chosen} /> : null}
      </div>
    </div>
  );
}
