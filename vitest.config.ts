import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'server/**/*.test.ts',
      'simulators/**/*.test.ts',
      'demo/**/*.test.ts',
      'cli/**/*.test.ts',
      'console/test/*.test.ts',
    ],
    globalSetup: ['server/test/support/global-setup.ts'],
    // Each worker has servers, isolates and a share of one PostgreSQL; more workers only wait for each other.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
