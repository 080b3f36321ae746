import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { eventually, healingMs, journeys } from './stage.ts';
import type { Shown, VisitorSide } from './stage.ts';

let folder: string | undefined;
afterEach(() => folder !== undefined && rmSync(folder, { recursive: true, force: true }));

const own = async (side: VisitorSide): Promise<Shown[]> => (await side.shown()).filter(({ by }) => by === 'contact');
const sent = (...texts: string[]): Shown[] => texts.map((text) => ({ by: 'contact', text, isPending: false }));

journeys('an older backup is restored while people have their pages open', (stage) => {
  it('[P6] screens show the restored history and no word that is gone; what was not yet sent arrives; who came after the backup can write', async () => {
    const agent = await stage.agent();
    const [early, late] = [await stage.visitor(), await stage.visitor()];
    await early.openChat();
    await early.say('Before the backup');
    const conversation = await stage.conversationWith('Before the backup');
    folder = mkdtempSync(join(tmpdir(), 'foyer-restore-'));
    stage.server.foyer('backup', join(folder, 'backup'));

    await early.say('After the backup');
    await stage.conversationWith('After the backup');
    await eventually(() => own(early), sent('Before the backup', 'After the backup'));
    await late.openChat();
    await late.say('I came after it');
    const lost = await stage.conversationWith('I came after it');
    await agent.row(lost).waitFor();
    await agent.open(conversation);
    await agent.sees('After the backup');

    await stage.server.kill();
    // Not acknowledged: it stays in the browser.
    await early.say('While it was away');
    stage.server.foyer('restore', join(folder, 'backup'), '--force');
    await stage.server.start();

    await eventually(() => own(early), sent('Before the backup', 'While it was away'), 'the first visitor’s screen', healingMs);
    const kept = stage.server
      .rows<{ text: string }>(`select text from messages where side = 'contact' order by seq`)
      .map(({ text }) => text);
    expect(kept).toEqual(['Before the backup', 'While it was away']);

    // Whose conversation is gone begins another one, on the same page.
    await eventually(() => own(late), [], 'the second visitor’s screen', healingMs);
    await late.say('Is anybody there?');
    await stage.conversationWith('Is anybody there?', healingMs);
    await eventually(() => own(late), sent('Is anybody there?'));

    // Agents were signed out, for whoever was since the backup must not be let in by it.
    await agent.page.reload();
    await agent.page.getByRole('textbox', { name: 'Email' }).waitFor();
  });
});
