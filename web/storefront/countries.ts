/** Where the shop sends to: ISO codes, named by the browser. */
const codes =
  "AT BE BG CA CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LT LU LV MT NL NO PL PT RO SE SI SK US".split(" ");

export const countries: readonly { readonly code: string; readonly name: string }[] = (() => {
  const names = new Intl.DisplayNames(["en"], { type: "region" });
  return codes
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((one, other) => one.name.localeCompare(other.name));
})();
