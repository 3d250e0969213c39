import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { ProblemError } from "../api.ts";
import { Card } from "../components/card.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { isCondition, newCondition, type Rule, ruleWords, type Segment } from "./rule.ts";
import { RuleEditor } from "./rule-editor.tsx";
import { useRuleSize, useSegmentChanges } from "./use-segments.ts";

export interface Draft {
  readonly title: string;
  /** Null for a segment that is not saved yet. */
  readonly name: string | null;
  readonly rule: Rule;
}

/** The outermost part of an edited rule is always a group. */
export const asGroup = (rule: Rule): Rule => (isCondition(rule) || "not" in rule ? { all: [rule] } : rule);

/** A name for filters and commands out of a title. */
export const nameOf = (title: string): string =>
  title
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 63);

interface Props {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly onSaved: (segment: Segment) => void;
}

/** Who belongs, counted while it is written, and saved under a name. */
export function BuilderCard({ draft, onChange, onSaved }: Props) {
  const { format } = useWorkspace();
  const { save } = useSegmentChanges();
  const [problem, setProblem] = useState<string | null>(null);
  const [rule] = useDebouncedValue(draft.rule, 400);
  const size = useRuleSize(rule);
  const name = draft.name ?? nameOf(draft.title);
  const store = async (): Promise<void> => {
    setProblem(null);
    try {
      onSaved(await save({ name, title: draft.title, rule: draft.rule }));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem.detail);
    }
  };
  const sized = (): string => {
    if (size.isError)
      return size.error instanceof ProblemError ? size.error.problem.detail : "It could not be counted.";
    if (!size.data) return "Counting …";
    const { customer_count: count, customer_share_rate: share } = size.data;
    const of = share === null ? "" : `, ${format.rate(share)} of all`;
    return `${format.count(count)} ${count === 1 ? "customer" : "customers"}${of}, with ${ruleWords(rule, format)}.`;
  };
  return (
    <Card
      title={draft.name === null ? "New segment" : `Change ${draft.title}`}
      subtitle="Customers by what they did and are, as of the day after the last day of the data"
      size="full"
    >
      <output className="sentence">{sized()}</output>
      <RuleEditor rule={draft.rule} onChange={(next) => onChange({ ...draft, rule: next })} />
      <form
        className="rule-save"
        onSubmit={(event) => {
          event.preventDefault();
          void store();
        }}
      >
        <TextInput
          size="sm"
          label="Name"
          description={name === "" ? "How it stands in lists" : `In filters and commands: ${name}`}
          value={draft.title}
          onChange={(event) => onChange({ ...draft, title: event.currentTarget.value })}
          error={problem}
        />
        <Button size="sm" type="submit" disabled={name === "" || size.isError}>
          {draft.name === null ? "Save segment" : "Save a new version"}
        </Button>
        {draft.name === null ? null : (
          <Button
            size="sm"
            variant="default"
            onClick={() => onChange({ title: "", name: null, rule: { all: [newCondition("orders")] } })}
          >
            Start another
          </Button>
        )}
      </form>
    </Card>
  );
}
