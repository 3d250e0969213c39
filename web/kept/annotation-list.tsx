import "../styles/annotations.css";
import { type Annotation, letterOf, whenText } from "../charts/annotations.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { isAnalyst, useChange } from "./use-kept.ts";

/** The annotations of a chart in words, by the letters it marks them with; own ones can be deleted. */
export function AnnotationList({ shown }: { shown: readonly Annotation[] }) {
  const { session } = useWorkspace();
  const change = useChange("annotations");
  if (shown.length === 0) return null;
  const mayDelete = ({ id, made_by }: Annotation): boolean =>
    id !== null && isAnalyst(session) && (session.user.role === "admin" || session.user.name === made_by);
  return (
    <ul className="annotations" aria-label="Annotations">
      {shown.map((one, index) => (
        <li key={one.id ?? `${one.kind}-${one.first_on}`}>
          <b>{letterOf(index)}</b> <span className="muted">{whenText(one)}</span> {one.text}
          {one.made_by ? <span className="muted"> ({one.made_by})</span> : null}
          {mayDelete(one) ? (
            <button
              type="button"
              className="link-button"
              aria-label={`Delete the note ${one.text}`}
              onClick={() => void change("DELETE", `/annotations/${one.id}`)}
            >
              Delete
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
