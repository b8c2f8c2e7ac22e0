/** The provider's pages: plain HTML that works without scripts, in light and dark, wide and narrow. */

const style = `
:root { color-scheme: light dark; --back: #f4f6f8; --card: #fff; --text: #17202a; --soft: #52606d; --line: #8593a1; --main: #0b5cab; --on: #fff; --bad: #a61b1b }
@media (prefers-color-scheme: dark) { :root { --back: #12171d; --card: #1c232b; --text: #eef2f6; --soft: #aeb9c4; --line: #6f7d8b; --main: #7cb8f5; --on: #0b1622; --bad: #ff9d9d } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
main { background: var(--card); padding: 2rem; border-radius: 12px; width: min(24rem, calc(100vw - 4rem)); box-shadow: 0 1px 12px #0003 }
h1 { font-size: 1.35rem; margin: 0 0 .5rem } p { color: var(--soft); margin: 0 0 1.25rem } label { display: block; margin: 0 0 1rem }
input { display: block; width: 100%; box-sizing: border-box; margin-top: .25rem; padding: .6rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 6px }
button { font: inherit; padding: .6rem 1.2rem; border-radius: 6px; border: 1px solid var(--main); background: transparent; color: var(--main); cursor: pointer; margin-right: .5rem }
button.main { background: var(--main); color: var(--on) } :focus-visible { outline: 3px solid var(--main); outline-offset: 2px } .bad { color: var(--bad) }`;

function page(title: string, inside: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Act-On (simulated)</title><style>${style}</style></head>
<body><main>${inside}</main></body></html>`;
}

export function login(seal: string, reason = '', username = ''): string {
  const told = reason
    ? `<p class="bad" role="alert">${escape(reason)}</p>`
    : '<p>This provider is simulated: nothing leaves your machine.</p>';
  return page(
    'Log in',
    `<h1>Log in to Act-On</h1>${told}
<form method="post" action="/authorize/login"><input type="hidden" name="seal" value="${seal}">
<label>User name <input type="email" name="username" value="${escape(username)}" autocomplete="username" required autofocus></label>
<label>Password <input type="password" name="password" autocomplete="current-password" required></label>
<button class="main" type="submit">Log in</button></form>`,
  );
}

export function consent(seal: string, clientId: string, username: string): string {
  return page(
    'Allow access',
    `<h1>Allow access?</h1><p>The app <strong>${escape(clientId)}</strong> wants to read and change the data of ${escape(username)}.</p>
<form method="post" action="/authorize/decision"><input type="hidden" name="seal" value="${seal}">
<button class="main" type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny">Deny</button></form>`,
  );
}

export function fault(text: string): string {
  return page('Not possible', `<h1>This is not possible</h1><p class="bad" role="alert">${escape(text)}</p>`);
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? letter);
}
