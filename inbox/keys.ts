// Every key of the inbox, once: what it does and how the keys sheet names it.
import type { Inbox } from './state/inbox.ts';

export interface Key {
  /** `KeyboardEvent.key`, any of these. */
  keys: readonly string[];
  /** As the sheet shows them. */
  shown: readonly string[];
  says: string;
  group: 'Moving' | 'Conversation' | 'Everywhere';
  /** The others are the inbox's: on a page with fields and a canvas of its own they would be in the way. */
  isOnEveryPage?: true;
  /** False: not now, the browser may have the key. */
  run(inbox: Inbox): boolean | void;
}

export const keys: readonly Key[] = [
  { keys: ['j', 'ArrowDown'], shown: ['J', '↓'], says: 'Next conversation', group: 'Moving', run: () => focusRow(1) },
  { keys: ['k', 'ArrowUp'], shown: ['K', '↑'], says: 'Previous conversation', group: 'Moving', run: () => focusRow(-1) },
  { keys: ['Enter'], shown: ['Enter'], says: 'Open the conversation', group: 'Moving', run: () => false },
  { keys: ['/'], shown: ['/'], says: 'Search', group: 'Moving', run: () => focusOn('#search') },
  { keys: ['r'], shown: ['R'], says: 'Reply', group: 'Conversation', run: (inbox) => write(inbox, 'reply') },
  { keys: ['n'], shown: ['N'], says: 'Write a note', group: 'Conversation', run: (inbox) => write(inbox, 'note') },
  { keys: ['t'], shown: ['T'], says: 'Take over from the bot', group: 'Conversation', run: takeOver },
  { keys: ['b'], shown: ['B'], says: 'Hand back to the bot', group: 'Conversation', run: handBack },
  { keys: ['e'], shown: ['E'], says: 'Close, or reopen', group: 'Conversation', run: closeOrReopen },
  { keys: ['i'], shown: ['I'], says: 'Show or hide the contact', group: 'Conversation', run: (inbox) => inbox.layout.toggleCard() },
  {
    keys: ['?'],
    shown: ['?'],
    says: 'Show this sheet',
    group: 'Everywhere',
    isOnEveryPage: true,
    run: (inbox) => inbox.openSheet('keys'),
  },
  {
    keys: ['Escape'],
    shown: ['Esc'],
    says: 'Leave the field, close what lies over',
    group: 'Everywhere',
    isOnEveryPage: true,
    run: escape,
  },
];

export function handleKey(event: KeyboardEvent, inbox: Inbox): void {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.isComposing || isDialogOpen(inbox)) return;
  const isWriting = isField(event.target);
  if (isWriting && event.key !== 'Escape') return;
  // Arrows belong to whatever else has them: a separator, a scrolled thread.
  if (event.key.startsWith('Arrow') && !isInList(event.target)) return;
  const isInbox = inbox.router.route.peek().page === 'inbox';
  const here = isInbox ? keys : keys.filter((candidate) => candidate.isOnEveryPage);
  const key = here.find((candidate) => candidate.keys.includes(event.key) || candidate.keys.includes(event.key.toLowerCase()));
  if (key && key.run(inbox) !== false) event.preventDefault();
}

/** What lies over everything has the keys. */
function isDialogOpen(inbox: Inbox): boolean {
  return inbox.sheet.peek() !== null || document.querySelector('dialog[open]') !== null;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function isInList(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof HTMLElement && target.closest('.list') !== null);
}

function focusOn(selector: string): boolean {
  const element = document.querySelector<HTMLElement>(selector);
  element?.focus();
  return element !== null;
}

/** From the focused row, else from the open one, else onto the first. */
function focusRow(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const focused = rows.indexOf(document.activeElement as HTMLElement);
  const chosen = rows.findIndex((row) => row.getAttribute('aria-current') === 'true');
  const from = focused === -1 ? chosen : focused;
  const to = from === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, from + step));
  const row = rows[to];
  row?.focus();
  row?.scrollIntoView?.({ block: 'nearest' });
  return row !== undefined;
}

function write(inbox: Inbox, mode: 'reply' | 'note'): boolean {
  if (inbox.selectedId.peek() === null) return false;
  inbox.composer.focus(mode);
  // At once, so that no letter typed right after the key is lost.
  focusOn('.composer textarea');
  return true;
}

function takeOver(inbox: Inbox): boolean {
  const conversation = inbox.selected.peek();
  if (!conversation?.botActive || conversation.status === 'closed') return false;
  inbox.actions.takeOver(conversation.id);
  // Whoever takes over goes on to write; left on the row, their letters would be keys, and close the conversation.
  return write(inbox, 'reply');
}

function handBack(inbox: Inbox): boolean {
  const conversation = inbox.selected.peek();
  if (!conversation || conversation.botActive || conversation.status === 'closed') return false;
  void inbox.actions.handBack(conversation.id);
  return true;
}

function closeOrReopen(inbox: Inbox): boolean {
  const conversation = inbox.selected.peek();
  if (!conversation) return false;
  if (conversation.status === 'closed') inbox.actions.reopen(conversation.id);
  else inbox.actions.close(conversation.id);
  return true;
}

function escape(inbox: Inbox): boolean | void {
  const { layout, list } = inbox;
  const active = document.activeElement;
  if (layout.isCardOver.peek() || layout.isNavOver.peek()) return layout.closeOverlays();
  if (inbox.router.route.peek().page !== 'inbox') return false;
  if (active?.id === 'search' && list.search.peek() !== '') return list.setSearch('');
  if (isField(active)) {
    (active as HTMLElement).blur();
    focusOn('.row-link[aria-current]');
    return;
  }
  if (inbox.selectedId.peek() !== null) inbox.openConversation(null);
}
