import { randomInt } from 'node:crypto';
import { defineConfig } from 'vitest/config';

// Printed, and given again to repeat a run's choices; their effects depend on the machine's moment all the same.
process.env['FOYER_FAULTS_SEED'] ||= String(randomInt(1, 1_000_000));

/** The fault suite: everything is a process of its own and is killed, frozen and cut off, so files run one after the other. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    globalSetup: 'test/faults/suite.ts',
    fileParallelism: false,
    pool: 'forks',
    testTimeout: process.env['FOYER_FAULTS'] === 'long' ? 1_800_000 : 90_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
  },
});
