import { IconUsersPlus, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useWorkspace } from "../shell/workspace.tsx";
import { type Rule, ruleWords } from "./rule.ts";

/** A page of the registry, which the router knows as text only. */
const segmentsPath: string = "/segments";

interface Props {
  readonly rule: Rule;
  /** The point that was picked. */
  readonly words: string;
  readonly onClose: () => void;
}

/** What was picked in a chart, with the way to its customers as a segment. */
export function TheseCustomers({ rule, words, onClose }: Props) {
  const { format } = useWorkspace();
  return (
    <div className="picked" role="status">
      <span>{words}</span>
      <Link
        to={segmentsPath}
        search={{ rule: JSON.stringify(rule) } as never}
        className="picked-link"
        title={`Customers with ${ruleWords(rule, format)}`}
      >
        <IconUsersPlus size={14} stroke={1.5} aria-hidden /> These customers as a segment
      </Link>
      <button type="button" className="picked-close" aria-label="Close" onClick={onClose}>
        <IconX size={14} stroke={1.5} aria-hidden />
      </button>
    </div>
  );
}
