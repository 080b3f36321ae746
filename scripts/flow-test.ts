// Replays transcripts against a flow: npm run flow:test -- --help
import { run } from './flow-test/run.ts';

process.exitCode = run(process.argv.slice(2), {
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
});
