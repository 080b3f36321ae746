// Drives the product and the model (model.ts) through the same events, and compares them after each.
import { createLimits } from '../../../server/limits.ts';
import { randomBytes } from 'node:crypto';
import { assert } from 'vitest';
import type { Actor } from '../../../server/actions/actor.ts';
import { startConversation } from '../../../server/actions/begin-conversation.ts';
import { confirmEmail } from '../../../server/actions/contact/confirm-email.ts';
import { eraseContact } from '../../../server/actions/contact/erase-contact.ts';
import { archiveContact, blockContact } from '../../../server/actions/contact/flag-contact.ts';
import { mergeByRequest } from '../../../server/actions/contact/merge.ts';
import { undoMerge } from '../../../server/actions/contact/undo-merge.ts';
import { endSession } from '../../../server/actions/end-session.ts';
import { identifyContact } from '../../../server/actions/identify-contact.ts';
import { receiveVisitorMessage } from '../../../server/actions/receive-visitor-message.ts';
import { Refusal } from '../../../server/actions/refusal.ts';
import type { Visitor } from '../../../server/actions/session.ts';
import { readVisitorState } from '../../../server/actions/sync-visitor.ts';
import type { Deps } from '../../../server/deps.ts';
import { hashToken } from '../../../server/deps.ts';
import { seal } from '../../../server/seal.ts';
import { findContact, followMerges } from '../../../server/store/contacts.ts';
import type { Store } from '../../../server/store/store.ts';
import { insertVerification } from '../../../server/store/verifications.ts';
import { getWorkspace, insertWorkspace } from '../../../server/store/workspaces.ts';
import type { Workspace } from '../../../server/store/workspaces.ts';
import { newCid, newVisitorToken, silentLog } from '../../helpers/server.ts';
import { bodyOf, claimOf, secret } from './events.ts';
import type { Event } from './events.ts';
import * as model from './model.ts';
import type { Outcome } from './model.ts';
import { homeOfSaid } from './model-identify.ts';
import { playInModel } from './model-play.ts';
import { comparable, readIds, readStored, shapeOf } from './stored.ts';
import type { ContactShape } from './stored.ts';

const secretKey = Buffer.alloc(32, 7);
const sealed = seal(secret, secretKey);
let workspaces = 0;

const outcomes: Record<string, Outcome> = {
  blocked: 'blocked',
  ambiguous_identity: 'ambiguous',
  not_found: 'gone',
  contact_gone: 'gone',
  same_contact: 'same',
  two_users: 'two_users',
  undo_blocked: 'undo_blocked',
};

const rank = { visitor: 0, lead: 1, user: 2 } as const;

export class World {
  private readonly m: model.Model;
  private readonly deps: Deps;
  private readonly tokens = new Map<number, string>();
  private readonly held: (string | null)[];
  /** Ids of contacts and conversations in the order they came to be. */
  private readonly contacts: string[] = [];
  private readonly talks: number[] = [];
  private readonly merges: number[] = [];
  private readonly types = new Map<number, keyof typeof rank>();
  private readonly owner: Actor;
  private readonly said: { email: string; home: number }[] = [];
  private clock = Date.UTC(2031, 0, 1);

  private constructor(
    store: Store,
    private readonly workspace: Workspace,
    devices: number,
    private readonly isCareful: boolean,
  ) {
    this.m = model.emptyModel(devices, workspace.settings.leadMerging);
    this.held = this.m.devices.map(() => null);
    this.deps = {
      store,
      secretKey,
      now: () => this.clock,
      random: (n: number) => randomBytes(n),
      log: silentLog,
      publish: { committed: () => {} },
      team: { isOnline: () => false },
      limits: createLimits(false),
      jobs: { wake: () => {} },
    };
    const agent = { id: 1, workspaceId: workspace.id, role: 'owner', name: 'Ada', email: 'ada@team.example', avatar: null };
    this.owner = { kind: 'agent', agent } as unknown as Actor;
  }

  /** `isCareful`: compares after each event, and not only at the end. */
  static async create(store: Store, devices: number, isCareful: boolean, leadMerging: model.Model['leadMerging']): Promise<World> {
    const id = `w${++workspaces}-${randomBytes(6).toString('hex')}`;
    const row = {
      id,
      appId: `app_${id}`,
      name: id,
      identitySecret: sealed,
      identityMode: 'optional',
      settings: { bot: 'off', leadMerging },
      now: 1,
    } as const;
    const workspace = await store.in(id).write(async (tx) => {
      await insertWorkspace(tx, row);
      return getWorkspace(tx);
    });
    if (!workspace) throw new Error('the workspace was not stored');
    return new World(store, workspace, devices, isCareful);
  }

  async play(event: Event): Promise<void> {
    this.clock += 1000;
    const [got, expected] = [await this.really(event), this.asWritten(event)];
    assert.equal(got, expected, `the outcome of ${JSON.stringify(event)}`);
    // What an undo leaves of values is taken over; the others need their numbers.
    if (this.isCareful || event.kind === 'undo') await this.compare(event, got);
    else this.number(await readIds(this.scope()));
  }

  /** Every token there ever was lists what it may, and no other. */
  async close(): Promise<void> {
    await this.compare({ kind: 'sign_out', device: 0 }, 'ok');
    for (const [number, token] of this.tokens) {
      const state = await readVisitorState(this.deps, this.visitor(token)).catch((error: unknown) => error);
      const isOver = this.m.sittings.some((s) => s.token === number && s.over);
      if (isOver) assert.instanceOf(state, Refusal);
      else assert.deepEqual(this.listed(state as Awaited<ReturnType<typeof readVisitorState>>), model.talksSeenBy(this.m, number));
    }
  }

  private visitor(token: string | null): Visitor {
    return {
      workspace: this.workspace,
      tokenHash: token === null ? null : hashToken(token),
      language: null,
      timeZone: null,
      page: null,
      socketId: null,
    };
  }

  private listed(state: Awaited<ReturnType<typeof readVisitorState>>): number[] {
    return state.reply.conversations.map((c) => this.talks.indexOf(c.id)).toSorted((a, b) => a - b);
  }

  private device(n: number): Visitor {
    return this.visitor((this.held[n] ??= newVisitorToken()));
  }

  private async really(event: Event): Promise<Outcome> {
    try {
      return await this.act(event);
    } catch (error) {
      const outcome = error instanceof Refusal ? outcomes[error.failure.code] : undefined;
      if (!outcome) throw error;
      return outcome;
    }
  }

  private async act(event: Event): Promise<Outcome> {
    const { deps, owner } = this;
    switch (event.kind) {
      case 'write':
        await receiveVisitorMessage(deps, this.device(event.device), { cid: newCid(), text: 'hello there' });
        return 'ok';
      case 'begin':
        await startConversation(deps, this.device(event.device), { cid: newCid() });
        return 'ok';
      case 'say':
        await receiveVisitorMessage(deps, this.device(event.device), {
          cid: newCid(),
          text: `${event.corrects ? 'no wait, ' : ''}my email is ${event.email}`,
        });
        return 'ok';
      case 'sign_out':
        if (this.held[event.device] !== null) await endSession(deps, this.device(event.device));
        this.held[event.device] = null;
        return 'ok';
      case 'identify': {
        const body = { ...(await bodyOf(event)), next_token: newVisitorToken() };
        const reply = await identifyContact(deps, this.device(event.device), body);
        if (reply.token !== undefined) this.held[event.device] = reply.token;
        return 'ok';
      }
      case 'merge': {
        const [from, into] = [this.contacts[event.from] ?? '', this.contacts[event.into] ?? ''];
        const reply = await mergeByRequest(deps, owner, { from, into, force: event.force });
        if (this.merges.includes(reply.id)) return 'again';
        return 'ok';
      }
      case 'undo': {
        const id = this.merges[event.which] ?? 0;
        const before = await this.undoneAt(id);
        await undoMerge(deps, owner, id);
        return before === null ? 'ok' : 'again';
      }
      case 'follow':
        return this.followLink(this.contacts[event.who] ?? '');
      case 'block':
      case 'unblock':
        await blockContact(deps, owner, this.contacts[event.who] ?? '', event.kind === 'block');
        return 'ok';
      case 'archive':
        await archiveContact(deps, owner, this.contacts[event.who] ?? '', true);
        return 'ok';
      case 'erase':
        await eraseContact(deps, owner, this.contacts[event.who] ?? '');
        return 'ok';
    }
  }

  /** The mail itself is left out: what it carries lies there as if it had been sent. */
  private async followLink(contactId: string): Promise<Outcome> {
    const token = newVisitorToken();
    const now = this.clock;
    const isAsked = await this.scope().write(async (tx) => {
      const contact = await findContact(tx, contactId);
      const email = contact && (await followMerges(tx, contact)).email;
      if (email === null) return false;
      await insertVerification(tx, { tokenHash: hashToken(token), contactId, email, agentId: null, now, expiresAt: now + 1000 });
      return true;
    });
    if (!isAsked) return 'gone';
    const { state } = await confirmEmail(this.deps, token);
    assert.equal(state, 'confirmed');
    return 'ok';
  }

  private asWritten(event: Event): Outcome {
    const done = playInModel(this.m, event);
    if (done === 'ok' && event.kind === 'say') this.note(event.email, event.device, null);
    if (done === 'ok' && event.kind === 'identify' && event.email !== null) this.note(event.email, event.device, claimOf(event));
    return done;
  }

  /** Which events can be aimed at what there is: numbers are taken modulo it. */
  aim(event: Event): Event | null {
    const [people, merges] = [this.contacts.length, this.merges.length];
    // Below zero it counts from the end.
    const at = (n: number, count: number): number => ((n % count) + count) % count;
    if (event.kind === 'merge') return people === 0 ? null : { ...event, from: at(event.from, people), into: at(event.into, people) };
    if (event.kind === 'undo') return merges === 0 ? null : { ...event, which: at(event.which, merges) };
    if ('who' in event) return people === 0 ? null : { ...event, who: at(event.who, people) };
    return event;
  }

  private note(email: string, device: number, claim: ReturnType<typeof claimOf> | null): void {
    const sitting = model.sittingOf(this.m, this.m.devices[device] ?? null);
    if (!sitting) return;
    const talk = claim === null ? this.m.talks.find((t) => t.n === model.talksSeenBy(this.m, sitting.token).at(-1)) : undefined;
    this.said.push({ email, home: talk?.home ?? (claim === null ? sitting.home : homeOfSaid(this.m, sitting, claim)) });
  }

  private async undoneAt(id: number): Promise<number | null> {
    const [row] = await this.scope().read((tx) =>
      tx.execute((db) => db.selectFrom('contact_merges').select('undone_at').where('id', '=', id)),
    );
    return row?.undone_at ?? null;
  }

  private scope() {
    return this.deps.store.in(this.workspace.id);
  }

  private async compare(event: Event, outcome: Outcome): Promise<void> {
    const { m } = this;
    const stored = await readStored(this.scope());
    const why = `after ${JSON.stringify(event)}`;
    this.number(stored);
    const people = stored.contacts.map((row) => shapeOf(row, this.contacts));
    const joining = event.kind === 'undo' && outcome === 'ok' ? m.joinings[event.which] : undefined;
    if (joining) for (const n of [joining.from, joining.into]) this.takeOver(n, people[n] as ContactShape, why);
    assert.deepEqual(
      people.map(comparable),
      m.people.map((p) => comparable({ ...p, type: model.typeOf(p) })),
      why,
    );
    assert.deepEqual(
      stored.talks.map((t) => [this.talks.indexOf(t.id), this.contacts.indexOf(t.contact_id), t.session_hash]),
      m.talks.map((t) => [t.n, model.live(m, t.home).n, hashToken(this.tokens.get(t.begunBy) ?? '')]),
      why,
    );
    const sittings = stored.sessions.map((row) => [
      row.token_hash,
      this.contacts.indexOf(row.contact_id),
      row.verified === 1,
      row.revoked_at !== null,
    ]);
    const expected = m.sittings.map((s) => [hashToken(this.tokens.get(s.token) ?? ''), model.live(m, s.home).n, s.verified, s.over]);
    assert.deepEqual(sittings.map(String).toSorted(), expected.map(String).toSorted(), why);
    await this.watch(people, joining ? [joining.from, joining.into] : [], why);
  }

  private number(stored: Record<'contacts', { id: string }[]> & Record<'talks' | 'merges', { id: number }[]>): void {
    for (const { id } of stored.contacts) if (!this.contacts.includes(id)) this.contacts.push(id);
    for (const { id } of stored.talks) if (!this.talks.includes(id)) this.talks.push(id);
    for (const { id } of stored.merges) if (!this.merges.includes(id)) this.merges.push(id);
    for (const [device, token] of this.m.devices.entries()) {
      const held = this.held[device] ?? null;
      assert.equal(held === null, token === null, `device ${device} holds a token`);
      if (token !== null && held !== null) this.tokens.set(token, held);
    }
  }

  /** What an undone merge leaves to who is still made of several is specified elsewhere (merge.test.ts); here, that none of it is somebody else's. */
  private takeOver(n: number, { claimed, email, emailSigned, emailProved, isLead, type, verified }: ContactShape, why: string): void {
    const { m } = this;
    if (model.isOne(m, n)) return;
    const family = model.familyOf(m, n);
    const isOwn = this.said.some((s) => s.email === email && family.some((p) => p.n === s.home));
    if (email !== null) assert.isTrue(isOwn, `${why}: ${email} was never said of contact ${n}`);
    if (verified)
      assert.isTrue(
        family.some((p) => p.alone.verified),
        `${why}: contact ${n} was never proved`,
      );
    Object.assign(m.people[n] as object, { claimed, email, emailSigned, emailProved, isLead, verified, isUser: type === 'user' });
  }

  /** The properties by themselves, whatever the model says. */
  private async watch(people: readonly ContactShape[], undone: readonly number[], why: string): Promise<void> {
    const living = people.filter((p) => p.mergedInto === null && !p.erased && p.userId !== null).map((p) => p.userId);
    assert.equal(new Set(living).size, living.length, `${why}: one live user per user_id`);
    for (const [n, { type, mergedInto, erased }] of people.entries()) {
      const before = this.types.get(n);
      const now = type as keyof typeof rank;
      if (before !== undefined && !undone.includes(n) && mergedInto === null && !erased)
        assert.isAtLeast(rank[now], rank[before], `${why}: the type of contact ${n} does not fall`);
      this.types.set(n, now);
    }
    for (const [device, token] of this.held.entries()) {
      if (token === null) continue;
      const state = await readVisitorState(this.deps, this.visitor(token));
      assert.deepEqual(
        this.listed(state),
        model.talksSeenBy(this.m, this.m.devices[device] ?? null),
        `${why}: what device ${device} lists`,
      );
    }
  }
}
