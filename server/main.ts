#!/usr/bin/env node
// The process `foyer`: its commands, and where it reads settings from.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { command } from './cli/command.ts';
import { commands } from './cli/commands.ts';
import { Fault } from './cli/fault.ts';
import { runCommand } from './cli/run.ts';
import { readConfig } from './config.ts';

const serve = command({
  summary: 'Run the server: what foyer does without a command',
  args: z.object({}),
  async run(_, config) {
    // Only the server needs all of the app: the other commands start in half the time.
    const server = await import('./serve.ts');
    await server.serve(config);
    return null;
  },
});

function configFile(): unknown {
  const path = resolve('foyer.config.json');
  try {
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
  } catch (error) {
    throw new Fault(`${path} is no valid JSON: ${(error as Error).message}`, 2);
  }
}

// Database, lock, key and whatever else is written are for this user's eyes only.
process.umask(0o077);
const code = await runCommand(
  process.argv.slice(2),
  { serve, ...commands },
  {
    readConfig: (argv) => readConfig(argv, process.env, configFile(), (name) => readFileSync(name, 'utf8')),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  },
);
// A start that failed may have left a database open, which would keep the process.
if (code !== 0) process.exit(code);
