import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['server', 'simulators', 'demo', 'sdk', 'cli', 'console/test'].map(
      (folder) => `${folder}/**/*.test.ts`,
    ),
    globalSetup: ['server/test/support/global-setup.ts'],
    // Each worker has servers, isolates and a share of one PostgreSQL; more workers only wait for each other.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
