/** Plain pages, without scripts, so that they need nothing behind the sign-in. */

/** A page around what is given as HTML. */
export function framedPage(heading: string, html: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading.replace(/\.$/, "")} · Cartwright</title>
<style>
:root { color-scheme: light dark; --background: #f7f8fa; --surface: #fff; --line: #e4e7ec; --text: #101828; --muted: #475467; --accent: #3b5bdb; --on-accent: #fff; --worse: #b42318 }
@media (prefers-color-scheme: dark) { :root { --background: #0d1117; --surface: #151b24; --line: #273142; --text: #e8edf5; --muted: #9aa7bd; --accent: #8ea2ff; --on-accent: #0d1117; --worse: #ff8a80 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--background); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
main { width: 100%; max-width: 452px; padding: 16px }
main > div { padding: 32px; background: var(--surface); border: 1px solid var(--line); border-radius: 10px }
h1 { margin: 0 0 8px; font-size: 20px }
p { margin: 0 0 16px; color: var(--muted) }
code { display: block; padding: 12px; border: 1px solid var(--line); border-radius: 8px; color: var(--text); overflow-wrap: anywhere }
form { margin: 16px 0 0 }
form + details { margin-top: 24px }
label { display: block; margin: 0 0 16px; font-size: 14px; color: var(--muted) }
input { display: block; width: 100%; margin-top: 4px; padding: 10px 12px; border: 1px solid var(--muted); border-radius: 8px; background: var(--surface); color: var(--text); font: inherit }
button, .button { display: block; width: 100%; padding: 10px 12px; border: 0; border-radius: 8px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer }
a { color: var(--accent) }
a.button { margin: 16px 0 0; color: var(--on-accent) }
.button + form { padding-top: 16px; border-top: 1px solid var(--line) }
.button + details { margin-top: 24px }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
summary { cursor: pointer; color: var(--muted); font-size: 14px }
details p { margin-top: 12px; font-size: 14px }
.wrong { color: var(--worse) }
</style>
</head>
<body>
<main><div>
<h1>${heading}</h1>
${html}
</div></main>
</body>
</html>
`;
}

/** A page of one message and one command. */
export const plainPage = (heading: string, words: string, command: string): string =>
  framedPage(heading, `<p>${words}</p>\n<code>${command}</code>`);
