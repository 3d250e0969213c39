import { describe, expect, it } from "vitest";
import { drawArticle, type Look, views } from "./draw-article.ts";

const look: Look = {
  productType: "Jacket",
  colour: "navy",
  pattern: "plain",
  name: "Navy waxed jacket",
  key: "1",
  view: "front",
};
const types = [
  "Jacket",
  "Hoodie",
  "Jeans",
  "Beanie",
  "Scarf",
  "Dress",
  "Shirt",
  "T-shirt",
  "Jumper",
  "Trainers",
  "Bag",
  "Umbrella",
];
const patterns = ["plain", "striped", "checked", "printed"];

describe("a picture of an article", () => {
  it("is the same for the same attributes, and differs with type, colour, pattern and view", () => {
    expect(drawArticle(look)).toBe(drawArticle({ ...look }));
    const drawn = [
      look,
      ...types.slice(1, -1).map((productType) => ({ ...look, productType, name: productType })),
      { ...look, colour: "rust" },
      ...patterns.slice(1).map((pattern) => ({ ...look, pattern })),
      ...views.slice(1).map((view) => ({ ...look, view })),
    ].map(drawArticle);
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  it("asks for nothing else and repeats nothing it is given, whatever that is", () => {
    const nasty = '"><script>alert(1)</script><image href="http://evil.example/x"/>';
    for (const productType of [...types, nasty])
      for (const pattern of [...patterns, nasty]) {
        const svg = drawArticle({ ...look, productType, pattern, colour: nasty, name: nasty, key: nasty });
        expect(svg).not.toMatch(/script|href="(?!#)|http:\/\/(?!www\.w3\.org)|url\((?!#)/);
        expect(svg).not.toMatch(/NaN|undefined/);
      }
  });

  it("refers only to what it defines, each id once", () => {
    for (const productType of types) {
      const svg = drawArticle({ ...look, productType, name: "", pattern: "checked" });
      const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
      expect(new Set(ids).size, productType).toBe(ids.length);
      const used = [...svg.matchAll(/url\(#([^)]+)\)/g)].map((match) => match[1]);
      expect(
        used.filter((id) => !ids.includes(id)),
        productType,
      ).toEqual([]);
    }
  });
});
