import { defineConfig } from 'vitest/config';
import { LongestFirst } from './server/test/support/sequencer.ts';

const shared = { testTimeout: 30_000, hookTimeout: 60_000 };

/** Their files follow each other in one process, which loads the server once and not anew for each; none leaves anything behind. */
const together = ['server/src', 'server/test/api', 'server/test/elements', 'simulators'];
/** Tests of their own process, such as its memory, the processes that it has started, or days on its clock. */
const apart = [
  'server/src/instances/pace.test.ts',
  'server/src/platform/outbound/outbound.test.ts',
  'server/src/platform/storage/embedded/start.test.ts',
  'server/test/api/gateway-streams.test.ts',
];
const below = (folders: string[]) => folders.map((folder) => `${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    globalSetup: ['server/test/support/global-setup.ts'],
    // Each worker has servers, isolates and a share of one PostgreSQL; more workers only wait for each other.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'apart',
          include: [
            ...below(['server/test/journeys', 'demo', 'sdk', 'cli', 'console/test']),
            'server/test/*.test.ts',
            ...apart,
          ],
          ...shared,
        },
      },
      { test: { name: 'together', include: below(together), exclude: apart, isolate: false, ...shared } },
    ],
  },
});
