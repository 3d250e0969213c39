import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { sendJson } from "../api.ts";
import { saveBlob } from "../components/save-blob.ts";
import { ErrorState } from "../components/states.tsx";
import { useWorkspace } from "../shell/workspace.tsx";

/** Downloads everything held about a customer of the store, for administrators; nothing for others. */
export function PersonExport({ customerId }: { customerId: number }) {
  const { session } = useWorkspace();
  const person = useMutation({
    mutationFn: () => sendJson<object>("POST", "/personal-data/export", session, { id: `S-${customerId}` }),
    onSuccess: (document) =>
      saveBlob(
        new Blob([JSON.stringify(document, null, 2)], { type: "application/json" }),
        `customer-S-${customerId}.json`,
      ),
  });
  if (session.user.role !== "admin") return null;
  return (
    <section>
      <h3>Personal data</h3>
      <Button variant="default" size="xs" loading={person.isPending} onClick={() => person.mutate()}>
        Export everything held
      </Button>
      {person.isError ? <ErrorState error={person.error} onRetry={() => person.mutate()} /> : null}
    </section>
  );
}
