/** A page of one message and one command. Plain, without scripts, so that it needs nothing behind the sign-in. */
export function plainPage(heading: string, words: string, command: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading.replace(/\.$/, "")} · Cartwright</title>
<style>
:root { color-scheme: light dark; --background: #f7f8fa; --surface: #fff; --line: #e4e7ec; --text: #101828; --muted: #475467 }
@media (prefers-color-scheme: dark) { :root { --background: #0d1117; --surface: #151b24; --line: #273142; --text: #e8edf5; --muted: #9aa7bd } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--background); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 420px; margin: 16px; padding: 32px; background: var(--surface); border: 1px solid var(--line); border-radius: 10px }
h1 { margin: 0 0 8px; font-size: 20px }
p { margin: 0 0 16px; color: var(--muted) }
code { display: block; padding: 12px; border: 1px solid var(--line); border-radius: 8px; color: var(--text) }
</style>
</head>
<body>
<main>
<h1>${heading}</h1>
<p>${words}</p>
<code>${command}</code>
</main>
</body>
</html>
`;
}
