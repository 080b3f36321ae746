// An older backup is put in place of the data (P6): everybody forgets what it does not hold, nothing of it comes back, and all go on.
import { afterEach, expect, it } from 'vitest';
import { join } from 'node:path';
import { folder, run, until } from './children.ts';
import { main, startHouse } from './house.ts';
import type { House } from './house.ts';
import { seedOf, startScene } from './scene.ts';
import type { Scene } from './scene.ts';

let house: House | undefined;
let scene: Scene | undefined;
afterEach(async () => {
  scene?.close();
  await house?.discard();
});

async function foyer(...args: string[]): Promise<void> {
  const command = run([process.execPath, main, ...args]);
  const code = await command.exited;
  if (code !== 0) throw new Error(`foyer ${args[0]} ended with ${code}: ${command.stdout}${command.stderr}`);
}

it('[P6][I17] an older backup is restored, made while people wrote', async () => {
  const fault = 'restore of an older backup';
  house = await startHouse();
  const { dataDir, node } = house;
  const place = folder('backup');
  const kept = join(place.path, 'kept');
  scene = await startScene({ house, fault, random: seedOf(fault), urls: [node.url], visitors: 5 });
  scene.talk(40);
  await scene.acked(80);
  await foyer('backup', kept, '--data-dir', dataDir);
  const before = scene.oracle.acks();
  await scene.acked(before + 60);
  scene.quiet();
  const mine = scene;
  await until('all is acknowledged', () => mine.people().every((person) => person.waiting() === 0), 10_000);
  expect(await node.stop()).toBe(0);

  await foyer('restore', kept, '--force', '--data-dir', dataDir);
  const texts = new Set((await house.rows<{ text: string }>('select text from messages')).map(({ text }) => text));
  expect(texts.size).toBeGreaterThan(40);
  expect(texts.size).toBeLessThan(scene.oracle.acks());
  scene.oracle.restored((text) => texts.has(text));

  await node.start();
  // Agents sign in again, visitors go on.
  await house.signIn();
  scene.healed();
  await until('all are back', () => mine.people().every((person) => person.isOnline()), 30_000);
  scene.talk(40);
  await scene.acked(before + 100);
  await scene.end();
  place.remove();
});
