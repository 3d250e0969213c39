import "../styles/kept.css";
import { Button, Modal, SegmentedControl, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import type { CatalogueEntry } from "../catalogue-types.ts";
import { pageOf } from "../pages/registry.ts";
import { useChange, useRefusal } from "./use-kept.ts";

interface Props {
  readonly entry: CatalogueEntry;
  /** The day first offered. */
  readonly day: string;
  readonly onClose: () => void;
}

type Scope = "analysis" | "page" | "everywhere";

/** Notes what happened on a day or over some. */
export function AnnotateDialog({ entry, day, onClose }: Props) {
  const change = useChange("annotations");
  const [first, setFirst] = useState(day);
  const [last, setLast] = useState("");
  const [text, setText] = useState("");
  const [scope, setScope] = useState<Scope>("everywhere");
  const [problem, attempt] = useRefusal();
  const [firstId, lastId] = [useId(), useId()];
  const save = () =>
    attempt(async () => {
      await change("POST", "/annotations", {
        first_on: first,
        ...(last ? { last_on: last } : {}),
        text,
        page: scope === "page" ? entry.page : null,
        analysis: scope === "analysis" ? entry.name : null,
      });
      onClose();
    });
  return (
    <Modal opened onClose={onClose} title="Annotate" closeButtonProps={{ "aria-label": "Close" }}>
      <form
        className="kept-part"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          size="sm"
          label="What happened"
          value={text}
          maxLength={200}
          data-autofocus
          onChange={(event) => setText(event.currentTarget.value)}
          error={problem}
        />
        <div className="kept-form kept-days">
          <label htmlFor={firstId}>
            Day
            <input id={firstId} type="date" value={first} onChange={(event) => setFirst(event.currentTarget.value)} />
          </label>
          <label htmlFor={lastId}>
            Last day, if it lasted
            <input
              id={lastId}
              type="date"
              min={first}
              value={last}
              onChange={(event) => setLast(event.currentTarget.value)}
            />
          </label>
        </div>
        <SegmentedControl
          size="xs"
          aria-label="Where it is shown"
          value={scope}
          onChange={(value) => setScope(value as Scope)}
          data={[
            { value: "everywhere", label: "Every chart over time" },
            { value: "page", label: `${pageOf(entry.page)?.label ?? entry.page} only` },
            { value: "analysis", label: "This card only" },
          ]}
        />
        <Button type="submit" size="sm" disabled={text.trim() === "" || first === ""}>
          Save note
        </Button>
      </form>
    </Modal>
  );
}
