import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const all = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
/** Those of them that look at colours. */
const ofColour = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** What of it keeps people out; the rest stays in the browser, as a report on a large page is megabytes. */
const look = (rules: object) => `axe
  .run(document, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'], preload: false })
  .then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ': ' + html + ' ' + failureSummary)))`;

async function run(page: Page | Frame, rules: object): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe);
  return page.evaluate<string[]>(look(rules));
}

/** What of a page, or of a frame in one, keeps people out. The page's policy refuses the script that looks at it, unless its context bypasses that. */
export const seriousFindings = (page: Page | Frame): Promise<string[]> => run(page, all);

/** The same of its colours alone: what can be another in the other theme. */
export const findingsOfColour = (page: Page | Frame): Promise<string[]> => run(page, ofColour);
