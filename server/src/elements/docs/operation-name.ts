const verbs: Record<string, string> = { POST: 'create', PUT: 'replace', PATCH: 'update' };

/**
 * The name of an operation: `GET /accounts` → `getAccounts`, `GET /accounts/{id}` → `getAccountById`,
 * `POST /accounts/{id}/recipients` → `createAccountRecipient`.
 */
export function nameOperation(operation: { method: string; path: string; isList: boolean }): string {
  const { method, path, isList } = operation;
  const segments = path.split('/').filter(Boolean);
  const byId = segments.at(-1)?.includes('{') ?? false;
  const name = segments
    .filter((segment) => !segment.includes('{'))
    .map((noun) => capital(isList ? noun : singular(noun)))
    .join('');
  return `${verbs[method] ?? method.toLowerCase()}${name || 'Root'}${byId ? 'ById' : ''}`;
}

function singular(noun: string): string {
  if (/[^aeiou]ies$/.test(noun)) return noun.replace(/ies$/, 'y');
  return /(ss|us|is)$/.test(noun) ? noun : noun.replace(/s$/, '');
}

function capital(word: string): string {
  const letters = word.replace(/[^A-Za-z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase());
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}
