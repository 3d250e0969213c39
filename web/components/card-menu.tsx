import { Menu } from "@mantine/core";
import {
  IconArrowsMaximize,
  IconChartBar,
  IconDots,
  IconDownload,
  IconInfoCircle,
  IconLayoutBoard,
  IconPencil,
  IconPhoto,
  IconTable,
} from "@tabler/icons-react";
import { type ExportFormat, exportAddress } from "../api.ts";
import type { CatalogueEntry } from "../catalogue-types.ts";
import { useView, useWorkspace } from "../shell/workspace.tsx";

interface Props {
  readonly id: string;
  readonly entry: CatalogueEntry;
  readonly params: URLSearchParams;
  readonly canShowTable: boolean;
  readonly canExport: boolean;
  readonly onPng: (() => void) | null;
  /** Null for charts that do not run over time. */
  readonly onAnnotate: (() => void) | null;
  /** Null where no board can show the card as it is. */
  readonly onAddToBoard: (() => void) | null;
}

const formats: readonly (readonly [ExportFormat, string])[] = [
  ["csv", "CSV"],
  ["ndjson", "NDJSON"],
  ["parquet", "Parquet"],
];

const icon = { size: 16, stroke: 1.5 } as const;

/** What can be done with a card: see it as a table, open it alone, download it, learn how it is computed. */
export function CardMenu({ id, entry, params, canShowTable, canExport, onPng, onAnnotate, onAddToBoard }: Props) {
  const [view, setView] = useView();
  const { shared } = useWorkspace();
  const isPinned = shared !== null && new URLSearchParams(shared.search).has("open");
  const isTable = view.tables.includes(id);
  const isAlone = view.open === id;
  return (
    <Menu position="bottom-end" width={224} withinPortal>
      <Menu.Target>
        <button
          type="button"
          className="icon-button"
          aria-label={`Menu of ${entry.title}`}
          title="Table, export, explain"
        >
          <IconDots size={18} stroke={1.5} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {canShowTable ? (
          <Menu.Item
            leftSection={isTable ? <IconChartBar {...icon} /> : <IconTable {...icon} />}
            onClick={() =>
              setView((now) => ({
                ...now,
                tables: isTable ? now.tables.filter((one) => one !== id) : [...now.tables, id],
              }))
            }
          >
            {isTable ? "View as chart" : "View as table"}
          </Menu.Item>
        ) : null}
        {shared ? null : (
          <Menu.Item
            leftSection={<IconInfoCircle {...icon} />}
            onClick={() => setView((now) => ({ ...now, explain: id }))}
          >
            How is this computed
          </Menu.Item>
        )}
        {onAnnotate ? (
          <Menu.Item leftSection={<IconPencil {...icon} />} onClick={onAnnotate}>
            Annotate
          </Menu.Item>
        ) : null}
        {onAddToBoard ? (
          <Menu.Item leftSection={<IconLayoutBoard {...icon} />} onClick={onAddToBoard}>
            Add to board
          </Menu.Item>
        ) : null}
        {isPinned ? null : (
          <Menu.Item
            leftSection={<IconArrowsMaximize {...icon} />}
            onClick={() => setView((now) => ({ ...now, open: isAlone ? null : id }))}
          >
            {isAlone ? "Back to the page" : "Open alone"}
          </Menu.Item>
        )}
        {canExport ? (
          <>
            <Menu.Label>Download</Menu.Label>
            {(shared ? [] : formats).map(([format, label]) => (
              <Menu.Item
                key={format}
                component="a"
                href={exportAddress(entry, params, format)}
                download={`${entry.name}.${format}`}
                leftSection={<IconDownload {...icon} />}
              >
                {label}, all rows
              </Menu.Item>
            ))}
            {onPng ? (
              <Menu.Item leftSection={<IconPhoto {...icon} />} onClick={onPng}>
                PNG, as drawn
              </Menu.Item>
            ) : null}
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
