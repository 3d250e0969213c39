import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { Card } from "../components/card.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { DeskTable } from "./desk-table.tsx";
import type { CategoryRow, Rows } from "./desk-types.ts";
import { Outcome } from "./outcome.tsx";
import { useDesk, useDeskChange, useMayChange } from "./use-desk.ts";

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** The tree of categories, depth first: each after its parent, in their positions. */
function treeOf(
  rows: readonly CategoryRow[],
  parent: string | null = null,
  depth = 0,
): readonly (CategoryRow & { depth: number })[] {
  return rows
    .filter((row) => row.parent === parent)
    .flatMap((row) => [{ ...row, depth }, ...treeOf(rows, row.slug, depth + 1)]);
}

/** Categories as a tree that can be renamed, moved and added to; articles that can be added. */
export function CatalogueTab() {
  const { format } = useWorkspace();
  const mayChange = useMayChange();
  const categories = useDesk<Rows<CategoryRow>>("/categories");
  const rows = categories.data?.rows ?? [];
  const [chosen, setChosen] = useState<CategoryRow | null>(null);
  return (
    <>
      <Card title="Categories" subtitle="Choose one to rename or move it" size="half">
        <DeskTable
          name="Categories"
          answer={{ ...categories, data: categories.data ? { rows: treeOf(rows) } : undefined }}
          keyOf={(row) => row.slug}
          columns={[
            {
              label: "Category",
              show: (row) => (
                <button
                  type="button"
                  className="link-button"
                  style={{ marginLeft: row.depth * 20 }}
                  onClick={() => setChosen(row)}
                >
                  {row.name}
                </button>
              ),
            },
            { label: "Articles", isFigure: true, show: (row) => format.count(row.article_count) },
          ]}
          empty={{ what: "No categories yet.", step: "Add the first one." }}
        />
        {mayChange ? (
          <CategoryForm key={chosen?.slug ?? "new"} rows={rows} chosen={chosen} onDone={() => setChosen(null)} />
        ) : null}
      </Card>
      {mayChange ? <ArticleForm rows={rows} /> : null}
    </>
  );
}

interface FormProps {
  readonly rows: readonly CategoryRow[];
  readonly chosen: CategoryRow | null;
  readonly onDone: () => void;
}

function CategoryForm({ rows, chosen, onDone }: FormProps) {
  const change = useDeskChange();
  const [name, setName] = useState(chosen?.name ?? "");
  const [parent, setParent] = useState<string | null>(chosen?.parent ?? null);
  const [position, setPosition] = useState<number | string>(chosen?.position ?? 0);
  const slug = chosen?.slug ?? slugOf(name);
  const save = async (): Promise<void> => {
    const body = { name, parent, position: Number(position) };
    const saved = await change.send("PUT", `/desk/categories/${slug}`, body, () => `${name} is saved.`);
    if (saved && chosen) onDone();
  };
  return (
    <div className="desk-row">
      <TextInput
        label={chosen ? `Name of ${chosen.slug}` : "New category"}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label="Below"
        clearable
        placeholder="at the top"
        data={rows
          .filter((row) => row.slug !== chosen?.slug)
          .map((row) => ({ value: row.slug, label: row.name === row.slug ? row.name : `${row.name} (${row.slug})` }))}
        value={parent}
        onChange={setParent}
      />
      <NumberInput label="Position" min={0} value={position} onChange={setPosition} />
      <Button loading={change.isBusy} disabled={slug === ""} onClick={() => void save()}>
        Save
      </Button>
      {chosen ? (
        <Button variant="default" onClick={onDone}>
          Do not change
        </Button>
      ) : null}
      <Outcome of={change} />
    </div>
  );
}

const texts = { sku: "", name: "", brand: "", product_type: "", colour: "", pattern: "", description: "" };
const labels: Readonly<Record<keyof typeof texts, string>> = {
  sku: "SKU",
  name: "Name",
  brand: "Brand",
  product_type: "Type, such as Jacket",
  colour: "Colour",
  pattern: "Pattern: plain, striped, checked, printed",
  description: "Description",
};

/** Adds an article, or changes the one with this SKU; empty fields of a known SKU stay as they are. */
function ArticleForm({ rows }: { rows: readonly CategoryRow[] }) {
  const { shop } = useWorkspace();
  const change = useDeskChange();
  const [given, setGiven] = useState(texts);
  const [category, setCategory] = useState<string | null>(null);
  const [price, setPrice] = useState<number | string>("");
  const save = async (): Promise<void> => {
    const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value.trim() !== ""));
    const body = {
      ...filled,
      ...(category === null ? {} : { category }),
      ...(price === "" ? {} : { price_minor: Math.round(Number(price) * 10 ** shop.currency_decimals) }),
    };
    await change.send<{ article_id: number }>(
      "PUT",
      "/desk/articles",
      body,
      ({ article_id }) => `${given.sku} is saved as article ${article_id}; its stock is set on the tab Stock.`,
    );
  };
  return (
    <Card title="Article" subtitle="A new SKU adds one; of a known SKU what is filled in changes" size="half">
      <div className="desk-form">
        {(Object.keys(texts) as (keyof typeof texts)[]).map((name) => (
          <TextInput
            key={name}
            label={labels[name]}
            value={given[name]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setGiven((before) => ({ ...before, [name]: value }));
            }}
          />
        ))}
        <Select
          label="Category"
          data={rows.map((row) => ({
            value: row.slug,
            label: row.parent === null ? row.name : `${row.name}, ${row.parent}`,
          }))}
          value={category}
          onChange={setCategory}
        />
        <NumberInput
          label={`Price in ${shop.currency}`}
          min={0}
          decimalScale={shop.currency_decimals}
          value={price}
          onChange={setPrice}
        />
        <Button loading={change.isBusy} disabled={given.sku.trim() === ""} onClick={() => void save()}>
          Save the article
        </Button>
      </div>
      <Outcome of={change} />
    </Card>
  );
}
