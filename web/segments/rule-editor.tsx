import { Button, SegmentedControl, Select, Switch } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { ConditionFields } from "./condition-fields.tsx";
import { type Condition, isCondition, kinds, newCondition, type Rule } from "./rule.ts";

interface Props {
  readonly rule: Rule;
  readonly onChange: (rule: Rule) => void;
  /** Absent for the outermost group, which stays. */
  readonly onRemove?: () => void;
  readonly depth?: number;
}

const deepest = 4;

interface Group {
  readonly word: "all" | "any";
  readonly parts: readonly Rule[];
}

const groupOf = (rule: Rule): Group | null => {
  if ("all" in rule && Array.isArray(rule.all)) return { word: "all", parts: rule.all as readonly Rule[] };
  if ("any" in rule && Array.isArray(rule.any)) return { word: "any", parts: rule.any as readonly Rule[] };
  return null;
};

const grouped = (word: "all" | "any", parts: readonly Rule[]): Rule =>
  word === "all" ? { all: parts } : { any: parts };

function RemoveButton({ onRemove }: { onRemove: (() => void) | undefined }) {
  if (!onRemove) return null;
  return (
    <button type="button" className="rule-remove" aria-label="Remove this part of the rule" onClick={onRemove}>
      <IconX size={14} stroke={1.5} aria-hidden />
    </button>
  );
}

function ConditionEditor({
  condition,
  isNot,
  onChange,
  onRemove,
}: {
  readonly condition: Condition;
  readonly isNot: boolean;
  readonly onChange: (rule: Rule) => void;
  readonly onRemove: (() => void) | undefined;
}) {
  const wrapped = (next: Condition, not: boolean): Rule => (not ? { not: next } : next);
  return (
    <div className="rule-condition">
      <Select
        size="xs"
        w={150}
        aria-label="Kind of condition"
        allowDeselect={false}
        value={condition.kind}
        data={Object.entries(kinds).map(([value, { label }]) => ({ value, label }))}
        onChange={(kind) => kind && onChange(wrapped(newCondition(kind), isNot))}
      />
      <ConditionFields condition={condition} onChange={(next) => onChange(wrapped(next, isNot))} />
      <Switch
        size="xs"
        label="Not"
        checked={isNot}
        onChange={(event) => onChange(wrapped(condition, event.currentTarget.checked))}
      />
      <RemoveButton onRemove={onRemove} />
    </div>
  );
}

/** A rule, edited in place: groups of conditions within groups. */
export function RuleEditor({ rule, onChange, onRemove, depth = 0 }: Props) {
  const isNot = "not" in rule && !isCondition(rule);
  const inner = isNot ? (rule.not as Rule) : rule;
  if (isCondition(inner))
    return <ConditionEditor condition={inner} isNot={isNot} onChange={onChange} onRemove={onRemove} />;
  const group = groupOf(inner);
  if (!group) return null;
  const { word, parts } = group;
  const put = (next: Rule): void => onChange(isNot ? { not: next } : next);
  return (
    <fieldset className="rule-group">
      <legend className="sr-only">Customers for whom {word} of these hold</legend>
      <div className="rule-head">
        <SegmentedControl
          size="xs"
          aria-label="How the parts are joined"
          value={word}
          data={[
            { value: "all", label: "All of" },
            { value: "any", label: "Any of" },
          ]}
          onChange={(next) => put(grouped(next === "any" ? "any" : "all", parts))}
        />
        {depth > 0 ? (
          <Switch
            size="xs"
            label="Not"
            checked={isNot}
            onChange={(event) => onChange(event.currentTarget.checked ? { not: inner } : inner)}
          />
        ) : null}
        <RemoveButton onRemove={onRemove} />
      </div>
      {parts.map((part, at) => (
        <RuleEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          key={at}
          rule={part}
          depth={depth + 1}
          onChange={(next) =>
            put(
              grouped(
                word,
                parts.map((one, index) => (index === at ? next : one)),
              ),
            )
          }
          {...(parts.length > 1
            ? {
                onRemove: () =>
                  put(
                    grouped(
                      word,
                      parts.filter((_, index) => index !== at),
                    ),
                  ),
              }
            : {})}
        />
      ))}
      <div className="rule-head">
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={12} aria-hidden />}
          onClick={() => put(grouped(word, [...parts, newCondition("orders")]))}
        >
          Condition
        </Button>
        {depth < deepest ? (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={12} aria-hidden />}
            onClick={() =>
              put(grouped(word, [...parts, grouped(word === "all" ? "any" : "all", [newCondition("orders")])]))
            }
          >
            Group
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
}
