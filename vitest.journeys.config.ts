import { defineConfig } from 'vitest/config';

/** The journeys: real server, real sockets, real browser; two files at a time, as much of a journey is waiting. */
export default defineConfig({
  test: {
    include: ['test/journeys/**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    passWithNoTests: true,
  },
});
