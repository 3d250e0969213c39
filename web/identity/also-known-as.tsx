import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson, sendJson } from "../api.ts";
import { Card } from "../components/card.tsx";
import { ErrorState } from "../components/states.tsx";
import { useAnswers } from "../components/use-analysis.ts";
import { DeskTable } from "../desk/desk-table.tsx";
import { instantText } from "../format-dates.ts";
import { isAnalyst } from "../kept/use-kept.ts";
import { useWorkspace } from "../shell/workspace.tsx";

interface PersonLink {
  readonly from_id: string;
  readonly to_id: string;
  readonly kind: "identify" | "alias" | "email" | "merge" | "separation";
  readonly is_followed: boolean;
  readonly since: string;
  readonly told_by: string;
  readonly entry: number | null;
}

interface PersonGraph {
  readonly person_id: string;
  readonly ids: readonly string[];
  readonly links: readonly PersonLink[];
}

const kindWords: Readonly<Record<PersonLink["kind"], string>> = {
  identify: "Signed in on a device",
  alias: "Previous id",
  email: "Same e-mail address",
  merge: "Merged by hand",
  separation: "Separated by hand",
};

const outcomeOf = ({ kind, is_followed }: PersonLink): string =>
  is_followed ? "One person" : kind === "separation" ? "Two people" : "Shared or overruled: not followed";

/** Takes a manual entry back; everything counted by person is asked anew. */
function UndoButton({ entry }: { readonly entry: number }) {
  const { session } = useWorkspace();
  const client = useQueryClient();
  const undo = useMutation({
    mutationFn: () => sendJson<object>("POST", `/identity/entries/${entry}/undo`, session, {}),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={undo.isPending}
        aria-label={`Undo entry ${entry}`}
        onClick={() => undo.mutate()}
      >
        Undo
      </Button>
      {undo.isError ? <ErrorState error={undo.error} onRetry={() => undo.mutate()} /> : null}
    </>
  );
}

/** The ids that the customer of the card "One customer" is known by, and what ties them; nothing where there is one id. */
export function AlsoKnownAs() {
  const { session, shared, shop } = useWorkspace();
  const mayRead = shared === null && isAnalyst(session);
  const { rows } = useAnswers(mayRead ? ["customer-360"] : []);
  const customerId = String(rows["customer-360"]?.[0]?.customer_id ?? "");
  const person = useQuery({
    queryKey: ["identity", customerId, shop.data_version],
    queryFn: ({ signal }) => getJson<PersonGraph>(`/identity/person?id=${encodeURIComponent(customerId)}`, signal),
    enabled: mayRead && customerId !== "",
    retry: false,
  });
  const graph = person.data;
  if (!graph || graph.links.length === 0) return null;
  const numbered = graph.links.map((link, place) => ({ ...link, place }));
  const others = graph.ids.filter((id) => id !== graph.person_id);
  return (
    <Card
      title="Also known as"
      subtitle={
        others.length === 0 ? `${graph.person_id} has one id` : `${graph.person_id} is ${others.join(", ")} too`
      }
      size="full"
    >
      <DeskTable
        name="Also known as"
        answer={{ ...person, data: { rows: numbered } }}
        keyOf={({ place }) => place}
        empty={{ what: "Nothing ties this customer to another id.", step: "" }}
        columns={[
          { label: "Id", show: ({ from_id }) => from_id },
          { label: "And", show: ({ to_id }) => to_id },
          { label: "Why", show: ({ kind }) => kindWords[kind] },
          { label: "Counted as", show: outcomeOf },
          { label: "Since", show: ({ since }) => instantText(since, shop.time_zone) },
          {
            label: "Entry",
            show: ({ entry }) =>
              entry === null ? "–" : session.user.role === "admin" ? <UndoButton entry={entry} /> : String(entry),
          },
        ]}
      />
    </Card>
  );
}
