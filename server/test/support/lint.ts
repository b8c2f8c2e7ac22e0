import { createConfig, lintFromString } from '@redocly/openapi-core';

const off = { 'no-ambiguous-paths': 'off' } as const;

/** Why a recommended rule does not hold. */
const exceptions = {
  /** The API's own: `/accounts/settings` beside `/accounts/{id}` is what clients know; fixed words go first. */
  platform: off,
  /**
   * Those of elements. Their paths are their definition's to say; whose licence a provider's API is under nobody told us;
   * tags are names of objects, which say it all; and old clients look for the credentials among the parameters.
   */
  element: { ...off, 'info-license': 'off', 'tag-description': 'off', 'security-defined': 'off' },
} as const;

/** What Redocly's recommended rules find in an OpenAPI or Swagger document, warnings too. */
export async function lint(document: unknown, kind: keyof typeof exceptions): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'], rules: exceptions[kind] });
  const source = JSON.stringify(document);
  const problems = await lintFromString({ source, absoluteRef: '/openapi.json', config });
  return problems.map(
    ({ ruleId, location, message }) =>
      `${ruleId} ${location[0]?.pointer ?? ''}: ${message.split('\n', 1)[0]}`,
  );
}
