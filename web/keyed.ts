/** Gives each text of a fixed list a key of its own, equal ones too. */
export function keyed(texts: readonly string[]): readonly { readonly key: string; readonly text: string }[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return { key: `${text.slice(0, 40)}-${count}`, text };
  });
}
