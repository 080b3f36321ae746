// A file asked for: chosen, refused, sent, seen by both; and a flow that the page begins by its name.
import { expect, it } from 'vitest';
import { publishFlow } from './publish-flow.ts';
import { seriousIn } from './serious-in.ts';
import { eventually, journeys, picture } from './stage.ts';
import type { VisitorSide } from './stage.ts';

const flow = {
  id: 'report-a-fault',
  version: 1,
  name: 'Report a fault',
  start: 'what',
  steps: {
    what: { type: 'ask-text', text: 'What is broken?', open: true, next: 'shot' },
    shot: { type: 'ask-file', text: 'Do you have a picture of it?', accept: ['image/*', 'application/pdf'], maxMb: 1, next: 'done' },
    done: { type: 'end', text: 'Thank you. We look at it.' },
  },
};

/** A picture of one colour, 320 × 200, that every browser can draw. */
async function pictureFile(visitor: VisitorSide): Promise<Buffer> {
  const base64 = await visitor.page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [320, 200];
    const pen = canvas.getContext('2d')!;
    pen.fillStyle = '#d97706';
    pen.fillRect(0, 0, 320, 200);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  return Buffer.from(base64, 'base64');
}

journeys('files in a conversation', (stage) => {
  for (const look of ['light', 'dark'] as const) {
    it(`the page begins a flow by name; a picture is sent where it asks for one, and both sides see it (${look})`, async () => {
      const agent = await stage.agent({ colorScheme: look, viewport: { width: 1440, height: 900 } });
      const id = look === 'light' ? await publishFlow(stage, agent, flow) : 'report-a-fault';
      const visitor = await stage.visitor({ colorScheme: look });
      const { page, panel } = visitor;
      const begun = await page.evaluate(
        (name) => (window as unknown as { Foyer: (...args: unknown[]) => unknown }).Foyer('startFlow', name),
        id,
      );
      expect(begun).toMatchObject({ ok: true });
      await visitor.sees('What is broken?');
      const words = `The lamp flickers, ${look}`;
      await visitor.say(words);
      await visitor.sees('Do you have a picture of it?');

      const input = panel.locator('input[type=file]');
      await input.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') });
      await panel.getByText('This kind of file isn’t asked for here.').waitFor();
      await input.setInputFiles({ name: 'lamp.png', mimeType: 'image/png', buffer: await pictureFile(visitor) });
      await panel.getByText('Ready').waitFor();
      await picture(page, `files-${look}-chosen`);
      expect(await seriousIn(page, 'foyer-chat'), 'files to be sent').toEqual([]);
      await panel.getByRole('button', { name: 'Remove notes.txt' }).click();
      await panel.getByRole('button', { name: 'Send file' }).click();
      await visitor.sees('Thank you. We look at it.');
      const shown = panel.getByRole('img', { name: 'lamp.png' });
      await shown.waitFor();
      await eventually(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth), 320);
      expect(await panel.locator('.file-ask').count()).toBe(0);
      await picture(page, `files-${look}-sent`);

      await agent.open(await stage.conversationWith(words));
      const seen = agent.page.locator('.messages').getByRole('img', { name: 'lamp.png' });
      await eventually(() => seen.evaluate((image: HTMLImageElement) => image.naturalWidth), 320);
      await picture(agent.page, `files-${look}-inbox`);
      await page.reload();
      await visitor.openChat();
      await panel.getByRole('img', { name: 'lamp.png' }).waitFor();
    });
  }

  it('a flow that is not there is told to the page, in words', async () => {
    const visitor = await stage.visitor();
    const begun = await visitor.page.evaluate(() =>
      (window as unknown as { Foyer: (...args: unknown[]) => unknown }).Foyer('startFlow', 'nobody'),
    );
    expect(begun).toMatchObject({ ok: false, code: 'not_found' });
  });
});
