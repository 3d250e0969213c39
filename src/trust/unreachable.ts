/** What is said beside numbers that lack the rows of nodes. */
import type { Extent } from "../warehouse/extent.ts";
import { type Lack, lackMessage } from "../warehouse/leave-out.ts";
import type { Notice } from "./notice.ts";

/** The notice of an answer, whatever its analysis and its days. */
export const lackNotices = (lack: Lack | null, { firstDay }: Extent): readonly Notice[] =>
  lack === null
    ? []
    : [
        {
          kind: "unreachable",
          message: lackMessage(lack),
          event_types: [],
          row_kinds: [],
          since_on: firstDay ?? "1970-01-01",
          until_on: null,
        },
      ];
