import "../styles/notices.css";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Notice } from "../api.ts";
import { unbroken } from "../format.ts";
import { useWorkspace } from "../shell/workspace.tsx";

/** A page of the registry, which the router knows as text only. */
const dataPath: string = "/data";

/** What is wrong with the data that a card's numbers rest on, and where to see more of it. */
export function NoticeList({ notices }: { notices: readonly Notice[] }) {
  const { shared } = useWorkspace();
  if (notices.length === 0) return null;
  return (
    <ul className="notices" aria-label="About the data">
      {notices.map(({ kind, message }, index) => (
        <li key={message}>
          <IconAlertTriangle size={16} stroke={1.5} aria-hidden />
          <span>
            {unbroken(message)}
            {index === notices.length - 1 && !shared && kind !== "unreachable" ? (
              <>
                .{" "}
                <Link to={dataPath} className="link-button">
                  See Data
                </Link>
              </>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
