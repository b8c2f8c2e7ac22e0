import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes half a minute or more, longest first. Begun late, such a file runs alone at the end while a core has nothing to do. */
const long = [
  'console/test/access.test.ts',
  'console/test/organization.test.ts',
  'console/test/activity.test.ts',
  'server/test/api/garbage.test.ts',
  'console/test/first-minute.test.ts',
  'console/test/widget.test.ts',
  'console/test/builder.test.ts',
  'server/src/platform/storage/embedded/start.test.ts',
  'console/test/explorer-page.test.ts',
  'server/test/journeys/events-two-processes.test.ts',
  'server/test/journeys/process.test.ts',
  'cli/src/accounts.test.ts',
  'server/test/api/polling.test.ts',
];

/** Long files first also where no former run has told how long they take; all others as Vitest orders them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = long.indexOf(relative(this.ctx.config.root, moduleId));
      return found < 0 ? long.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
