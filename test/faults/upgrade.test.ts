// A page that was loaded before an upgrade: its widget is of an earlier build, its server of this one (delivery.md, “widget of the previous version”).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepBuild } from '../../server/http/earlier-builds.ts';
import { chromiumPath, launchChromium } from '../helpers/chromium.ts';
import { buildEarlierWidget, earlierCommit } from '../helpers/earlier-widget.ts';
import { desk, film, healingMs, historyByMarks, isSettled, openChat, oracleOf } from './browser.ts';
import type { Filmed } from './browser.ts';
import { until } from './children.ts';
import { startHouse } from './house.ts';
import type { House } from './house.ts';
import { isClean, markOf } from './oracle.ts';
import { addRow, leftOut, skipped } from './table.ts';

const fault = 'browser: widget of an earlier build, its server upgraded';
const [path, commit] = [chromiumPath(), earlierCommit()];
if (path === null) skipped(fault, 'there is no Chromium on this machine');
else if (commit === null) leftOut(fault, 'the earlier commit is not in the history of this checkout');

describe.skipIf(path === null || commit === null)('an upgrade', () => {
  let house: House;
  let browser: Browser;
  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse(), launchChromium()]);
  });
  afterAll(() => Promise.all([browser?.close(), house?.discard()]));

  it('[I1][I5] a widget of an earlier build goes on with the new server, and what was written in between comes through once', async () => {
    const earlier = buildEarlierWidget(commit ?? '');
    keepBuild({ widget: earlier, inbox: join(earlier, 'none') }, join(house.dataDir, 'builds'));
    const context = await browser.newContext(desk);
    const filmed: Filmed = { moments: [] };
    await film(context, () => filmed);
    await context.route('**/widget.js', (route) =>
      route.fulfill({
        body: readFileSync(join(earlier, 'widget.js')),
        contentType: 'text/javascript',
        headers: { 'access-control-allow-origin': '*' },
      }),
    );
    const side = await openChat(await context.newPage(), `${house.node.url}/demo`);
    const who = 'earlier';
    const texts = ['before', 'amid', 'after'].map((word) => `${markOf(who)} ${word}`);
    const [before = '', amid = '', after = ''] = texts;
    await side.say(before);
    await until('the first is acknowledged', () => isSettled(side, before), 20_000);
    await house.node.kill();
    await side.say(amid);
    await side.sees(amid);
    await house.node.start();
    const begin = Date.now();
    await until('it comes through', () => isSettled(side, amid), healingMs);
    const tookMs = Date.now() - begin;
    await side.say(after);
    await until('the last is acknowledged', () => isSettled(side, after), 20_000);
    const sends = texts.map((text) => ({ text, who }));
    const verdict = oracleOf(sends, [{ name: 'the earlier page', who, filmed }]).verdict(await historyByMarks(house, new Set([who])));
    addRow({ fault, runs: 1, verdict, resumes: [tookMs], tookMs });
    expect(verdict.problems).toEqual([]);
    expect(isClean(verdict)).toBe(true);
  });
});
