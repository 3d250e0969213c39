import { Button, CopyButton, TextInput } from "@mantine/core";

interface Props {
  readonly label: string;
  /** What to know about it, such as how long it works. */
  readonly description: string;
  readonly address: string;
}

/** An address or secret that is shown once, to be copied. */
export const CopyableLink = ({ label, description, address }: Props) => (
  <div className="kept-form" role="status">
    <TextInput
      size="sm"
      readOnly
      label={label}
      description={description}
      value={address}
      onFocus={(event) => event.currentTarget.select()}
    />
    <CopyButton value={address}>
      {({ copied, copy }) => (
        <Button size="sm" variant="default" onClick={copy}>
          {copied ? "Copied" : `Copy ${label.toLowerCase()}`}
        </Button>
      )}
    </CopyButton>
  </div>
);
