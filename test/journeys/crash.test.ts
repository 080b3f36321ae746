import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { eventually, healingMs, journeys, picture } from './stage.ts';
import type { AgentSide, Shown, Stage, VisitorSide } from './stage.ts';

/** Names all texts of one side, in the order in which they are typed. */
const series = (side: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `${side} says ${from + i}`);

journeys('the server is killed in the middle of a conversation', (stage) => {
  it('[I1][I4][I5] while both go on typing: both screens say so, and in the end show the same messages once, in the order of the log', async () => {
    const { visitor, agent, conversation } = await talk(stage, 'Before the storm');
    await watch(visitor.page, 'foyer-chat');
    await watch(agent.page, '.messages');

    // Neither waits for an acknowledgement: the kill falls among messages at every stage of their way.
    await both(visitor, agent, 1, 5);
    await stage.server.kill();
    await both(visitor, agent, 6, 10);
    await visitor.panel.getByText('Reconnecting…').waitFor();
    await agent.page
      .getByText(/Reconnecting…/)
      .first()
      .waitFor();
    await picture(visitor.page, 'widget-reconnecting');
    await picture(agent.page, 'inbox-reconnecting');
    await stage.server.start();
    await both(visitor, agent, 11, 14);
    await visitor.panel.getByText('Reconnecting…').waitFor({ state: 'hidden' });
    await eventually(() => agent.page.getByText(/Reconnecting…/).count(), 0);

    await sameOnBoth(stage, { visitor, agent, conversation });
    const kept = messagesOf(stage, conversation);
    expect(kept.filter(({ by }) => by === 'contact').map(({ text }) => text)).toEqual(['Before the storm', ...series('visitor', 1, 14)]);
    expect(kept.filter(({ text }) => text.startsWith('agent')).map(({ text }) => text)).toEqual(series('agent', 1, 14));
    await neverWrong(visitor.page, kept, 'contact');
    await neverWrong(agent.page, kept, 'other');
  });

  it('[I1][I2] three times in a row at moments nobody chose: nothing is lost or doubled', async () => {
    const { visitor, agent, conversation } = await talk(stage, 'A long night');
    for (let round = 0; round < 3; round++) {
      const typing = both(visitor, agent, round * 6 + 1, round * 6 + 6);
      await stage.server.kill();
      await typing;
      await stage.server.start();
    }
    await sameOnBoth(stage, { visitor, agent, conversation });
    const kept = messagesOf(stage, conversation);
    expect(kept.filter(({ by }) => by === 'contact').map(({ text }) => text)).toEqual(['A long night', ...series('visitor', 1, 18)]);
    expect(kept.filter(({ text }) => text.startsWith('agent')).map(({ text }) => text)).toEqual(series('agent', 1, 18));
  });
});

/** A visitor and an agent in one conversation whose bot is silent. */
async function talk(stage: Stage, first: string): Promise<{ visitor: VisitorSide; agent: AgentSide; conversation: number }> {
  const [agent, visitor] = [await stage.agent(), await stage.visitor()];
  await visitor.openChat();
  await visitor.say(first);
  const conversation = await stage.conversationWith(first);
  await agent.open(conversation);
  await agent.page
    .getByRole('button', { name: /Take over/ })
    .first()
    .click();
  await visitor.panel.getByText('Mia Berg joined').waitFor();
  return { visitor, agent, conversation };
}

async function both(visitor: VisitorSide, agent: AgentSide, from: number, to: number): Promise<void> {
  const say = async (send: (text: string) => Promise<void>, texts: string[]): Promise<void> => {
    for (const text of texts) await send(text);
  };
  await Promise.all([say(visitor.say, series('visitor', from, to)), say(agent.reply, series('agent', from, to))]);
}

function messagesOf({ server }: Stage, conversation: number): Shown[] {
  return server
    .rows<{ side: string; text: string }>('select side, text from messages where conversation_id = ? order by seq', conversation)
    .map(({ side, text }) => ({ by: side === 'contact' ? 'contact' : 'other', text, isPending: false }));
}

/** Both screens show exactly what is stored, nothing pending. */
async function sameOnBoth(stage: Stage, { visitor, agent, conversation }: Awaited<ReturnType<typeof talk>>): Promise<void> {
  const settled = (all: Shown[]): boolean => all.every(({ isPending }) => !isPending);
  const isDone = async (): Promise<boolean> => settled(await visitor.shown()) && settled(await agent.shown());
  await eventually(isDone, true, 'nothing waits to be sent any more', healingMs);
  await eventually(() => visitor.shown(), messagesOf(stage, conversation), 'the visitor’s screen');
  await eventually(() => agent.shown(), messagesOf(stage, conversation), 'the agent’s screen');
}

type Watched = Window & { history_?: { mine: boolean; text: string }[][] };

/** Keeps what is rendered at every change of the list. */
async function watch(page: Page, selector: string): Promise<void> {
  await page.evaluate((where) => {
    const element = document.querySelector(where);
    const root = element?.shadowRoot ?? element;
    if (!root) throw new Error(`nothing at ${where}`);
    const history: { mine: boolean; text: string }[][] = ((window as Watched).history_ = []);
    new MutationObserver(() => {
      const lines = [...root.querySelectorAll('.rows .line, .message')];
      history.push(
        lines.map((line) => ({
          mine: line.closest('.group.mine') !== null || line.classList.contains('by-contact'),
          text: line.querySelector('.bubble')?.textContent ?? '',
        })),
      );
    }).observe(root, { childList: true, subtree: true, characterData: true });
  }, selector);
}

/** At every instant: nothing twice, what comes from the other side a prefix of the log, one's own in the order typed. */
async function neverWrong(page: Page, kept: readonly Shown[], own: Shown['by']): Promise<void> {
  const history = await page.evaluate(() => (window as Watched).history_ ?? []);
  expect(history.length).toBeGreaterThan(10);
  const [theirs, ours] = [kept.filter(({ by }) => by !== own), kept.filter(({ by }) => by === own)].map((list) =>
    list.map(({ text }) => text),
  );
  const seen = new Set<string>();
  for (const shown of history) {
    const key = JSON.stringify(shown);
    if (seen.has(key)) continue;
    seen.add(key);
    const [a, b] = [false, true].map((isOwn) =>
      shown.filter(({ mine }) => (mine === (own === 'contact')) === isOwn).map(({ text }) => text),
    );
    expect(a).toEqual(theirs?.slice(0, a?.length));
    expect(b).toEqual(ours?.slice(0, b?.length));
  }
}
