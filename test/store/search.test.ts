/** What a shopper types finds what was meant, on both databases. Each expectation is worked out from the names below. */
import { beforeEach, expect, it } from "vitest";
import { describeStores } from "./shops.ts";

const articles = [
  { sku: "blazer", name: "Waxed blazer", colour: "navy", product_type: "Blazer" },
  { sku: "mitten", name: "Long mitten", colour: "cream", product_type: "Mitten" },
  { sku: "jacket", name: "Denim jacket", colour: "light blue", product_type: "Jacket" },
  { sku: "beanie", name: "Ribbed beanie", colour: "burgundy", product_type: "Beanie" },
  { sku: "hoodie", name: "Heavy hoodie", colour: "grey", product_type: "Hoodie" },
];

describeStores("a search", (shop) => {
  beforeEach(async () => {
    const { store } = shop();
    for (const article of articles) await store.saveArticle({ ...article, category: "clothes", price_minor: 1000 });
  });

  const found = async (text: string): Promise<string[]> =>
    (
      await shop().rows(
        "select sku from store.search_articles($1) as found join store.articles using (article_id) order by rank desc, sku",
        [text],
      )
    ).map((row) => String(row.sku));

  it.each([
    ["two letters that changed places", ["balzer", "mittne", "jakcet", "beanei", "hodoie"]],
    ["a letter too few", ["blzer", "miten", "jacet", "bennie", "hodie"]],
    ["a letter too many", ["blazzer", "mittten", "jaccket", "beaniee", "hooddie"]],
    ["a wrong letter", ["blaser", "mitton", "jackut", "beenie", "hoodia"]],
    ["several errors in a word", ["blazzzer", "mitttenss", "jackkett", "beanniees", "hooodiee"]],
    ["the plural", ["blazers", "mittens", "jackets", "beanies", "hoodies"]],
    ["a word not yet typed to its end", ["blaz", "mitt", "jacke", "bean", "hood"]],
  ])("finds the article in spite of %s", async (_, typed) => {
    for (const [index, text] of typed.entries()) expect(await found(text), text).toEqual([articles[index]?.sku]);
  });

  it("with several words asks for all of them, each set right by itself", async () => {
    expect(await found("dneim jcaket")).toEqual(["jacket"]);
    expect(await found("ligth bleu jacket")).toEqual(["jacket"]);
    expect(await found("grey hoo")).toEqual(["hoodie"]);
  });

  it("finds what has some of the words where nothing has all, and nothing for a word like no other", async () => {
    expect(await found("mitten hoodie")).toEqual(["hoodie", "mitten"]);
    expect(await found("zzzzqqq")).toEqual([]);
    expect(await found("")).toEqual([]);
    expect(await found("!!! & | ' :* <->")).toEqual([]);
  });

  it("knows the new name of an article at once, and no longer finds it by the old one", async () => {
    const { store } = shop();
    await store.saveArticle({
      sku: "mitten",
      name: "Wide poncho",
      colour: "cream",
      product_type: "Poncho",
      category: "clothes",
      price_minor: 1000,
    });
    expect(await found("pocnho")).toEqual(["mitten"]);
    expect(await found("mittne")).toEqual([]);
  });
});
