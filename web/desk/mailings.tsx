import { Button, NumberInput } from "@mantine/core";
import { useState } from "react";
import { Card } from "../components/card.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { DeskTable } from "./desk-table.tsx";
import type { Difference, MailingCounts, MailingRow, Rows } from "./desk-types.ts";
import { Outcome } from "./outcome.tsx";
import { useDesk, useDeskChange, useMayChange } from "./use-desk.ts";

/** Mails to those who left a cart behind: who would get one, who gets none, and what the others brought. */
export function MailingsTab() {
  const mayChange = useMayChange();
  return (
    <>
      {mayChange ? (
        <NewMailing />
      ) : (
        <Card title="Mail carts left behind" subtitle="For admins" size="full">
          <p className="muted">Mailings are sent by admins.</p>
        </Card>
      )}
      <Results />
    </>
  );
}

function NewMailing() {
  const { format } = useWorkspace();
  const change = useDeskChange();
  const [share, setShare] = useState<number | string>(15);
  const [days, setDays] = useState<number | string>(7);
  const [preview, setPreview] = useState<MailingCounts | null>(null);
  const body = { control_rate: Number(share) / 100, window_days: Number(days) };
  const show = async (): Promise<void> =>
    setPreview(await change.send<MailingCounts>("POST", "/desk/mailings", { ...body, is_preview: true }));
  const send = async (): Promise<void> => {
    const made = await change.send<MailingCounts>(
      "POST",
      "/desk/mailings",
      { ...body, is_preview: false },
      (one) =>
        `${format.count(one.mailed_count)} mails are on their way; ${format.count(one.control_count)} carts get none.`,
    );
    if (made) setPreview(null);
  };
  const chosen = preview ? preview.mailed_count + preview.control_count : 0;
  return (
    <Card
      title="Mail carts left behind"
      subtitle="Carts idle for 24 hours that were in no mailing yet; a share gets no mail, so that the effect can be read"
      size="full"
    >
      <div className="desk-row">
        <NumberInput
          label="Control group, %"
          min={0}
          max={50}
          value={share}
          onChange={(value) => {
            setShare(value);
            setPreview(null);
          }}
        />
        <NumberInput
          label="Orders count for, days"
          min={1}
          max={90}
          value={days}
          onChange={(value) => {
            setDays(value);
            setPreview(null);
          }}
        />
        <Button variant="default" loading={change.isBusy} onClick={() => void show()}>
          Show who gets a mail
        </Button>
      </div>
      <Outcome of={change} />
      {preview ? (
        <>
          <p>
            {format.count(chosen)} carts can be written to: {format.count(preview.mailed_count)} get a mail,{" "}
            {format.count(preview.control_count)} are the control group. Left out: {leftOut(preview, format.count)}.
          </p>
          <Button loading={change.isBusy} disabled={chosen === 0} onClick={() => void send()}>
            Send {format.count(preview.mailed_count)} mails
          </Button>
        </>
      ) : null}
    </Card>
  );
}

function Results() {
  const { format } = useWorkspace();
  const mailings = useDesk<Rows<MailingRow>>("/desk/mailings");
  const interval = (difference: Difference | null, show: (value: number) => string): string =>
    difference
      ? `${show(difference.effect)} (${show(difference.lower)} to ${show(difference.upper)})`
      : "Nothing to compare yet";
  return (
    <Card
      title="Mailings"
      subtitle="Carts that were ordered within the window, with a mail and without; differences with their interval of 95 %"
      size="full"
    >
      <DeskTable
        name="Mailings"
        answer={mailings}
        keyOf={(row) => row.mailing_id}
        columns={[
          { label: "Sent", show: (row) => format.instant(row.created_at) },
          { label: "Window", show: (row) => `${format.days(row.window_days)}${row.is_over ? "" : ", still open"}` },
          {
            label: "Ordered, with mail",
            isFigure: true,
            show: (row) =>
              `${format.count(row.mailed_recovered_count)} of ${format.count(row.mailed_count)} (${format.rate(row.mailed_recovered_rate)})`,
          },
          {
            label: "Ordered, without",
            isFigure: true,
            show: (row) =>
              `${format.count(row.control_recovered_count)} of ${format.count(row.control_count)} (${format.rate(row.control_recovered_rate)})`,
          },
          {
            label: "Difference of shares",
            isFigure: true,
            show: (row) =>
              `${interval(row.recovered_rate_difference, format.rate)}${row.recovered_rate_difference && row.is_rough ? ", rough" : ""}`,
          },
          { label: "Revenue, with mail", isFigure: true, show: (row) => format.money(row.mailed_revenue_minor) },
          { label: "Revenue, without", isFigure: true, show: (row) => format.money(row.control_revenue_minor) },
          {
            label: "Difference per cart",
            isFigure: true,
            show: (row) => interval(row.revenue_per_cart_difference, format.money),
          },
          {
            label: "Left out",
            isFigure: true,
            show: (row) => format.count(row.without_address_count + row.without_consent_count + row.inactive_count),
          },
        ]}
        empty={{ what: "No mailing has been sent.", step: "Show who would get a mail, then send it." }}
      />
      <p className="muted">
        Revenue is goods after discount, before returns. With fewer than ten carts ordered or not ordered in a group the
        interval of the shares is rough.
      </p>
    </Card>
  );
}

const leftOut = (of: MailingCounts, count: (value: number) => string): string =>
  [
    `${count(of.without_address_count)} without a confirmed address`,
    `${count(of.without_consent_count)} who did not agree to mails`,
    `${count(of.inactive_count)} inactive`,
  ].join(", ");
