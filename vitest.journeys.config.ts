import { defineConfig } from 'vitest/config';

/** The journeys: real server, real sockets, real browser, one file at a time on two cores. */
export default defineConfig({
  test: {
    include: ['test/journeys/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    passWithNoTests: true,
  },
});
