/** Whole numbers beyond 15 digits stay exact: they are ids, and a JSON number would round them. */
const longNumbers = /"(?:[^"\\]|\\.)*"|(?<![\d.])-?\d{16,}(?![\d.eE])/g;

/** A JSON text whose long whole numbers become texts. @throws SyntaxError when it is none */
export function parseExactly(text: string): unknown {
  const exact = /\d{16}/.test(text)
    ? text.replace(longNumbers, (found) => (found.startsWith('"') ? found : `"${found}"`))
    : text;
  return JSON.parse(exact);
}
