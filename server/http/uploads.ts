// Files of visitors: taken as they come, told by their bytes, given back by a signed address.
import { Router } from 'express';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { tokenPattern, uploadIdPattern } from '../../shared/ids.ts';
import { line } from '../../shared/schema-pieces.ts';
import { Refusal } from '../actions/refusal.ts';
import { hashToken } from '../deps.ts';
import {
  FileTooLarge,
  cleanName,
  isRefusedFile,
  isShownInPlace,
  isSignature,
  pathOfFile,
  removeFile,
  saveFile,
  urlOfFile,
} from '../files.ts';
import { isOriginAllowed } from '../origin.ts';
import { deleteUnsentUploads, findReadableUpload, insertUpload, unsentBytes } from '../store/uploads.ts';
import type { Upload } from '../store/uploads.ts';
import { takeOne } from '../take-one.ts';
import { systemScope } from '../store/store.ts';
import type { Workspace } from '../store/workspaces.ts';
import { findWorkspaceByAppId } from '../store/workspaces.ts';
import type { HttpContext } from './context.ts';
import { callerOfRequest, hereOf, parsed } from './request.ts';

/** Files in ten minutes: of one session, of one address. */
const perSession = 30;
const perAddress = 200;
const tooMany = 'Too many files in a short time; wait a few minutes.';
/** What may lie unsent in a workspace, unless told; over it, uploads wait until the oldest are swept. */
const mostUnsentBytes = 2 ** 30;
const unsentForMs = 24 * 3_600_000;
const sweepEveryMs = 3_600_000;

const upload = z.object({
  app_id: line(64),
  token: z.string().regex(tokenPattern, 'the token of a visitor’s session'),
  name: line(500),
  width: z.coerce.number().int().min(1).max(100_000).optional(),
  height: z.coerce.number().int().min(1).max(100_000).optional(),
});
type Asked = z.output<typeof upload>;

/**
 * `POST /api/widget/uploads?app_id&name[&width&height]`, `Authorization: Bearer <session token>`, the file as the body →
 * `FileView` without an address, which it gets once it is sent with a message. `GET /api/widget/files/:id?sig`.
 */
export function uploadPages(context: HttpContext): Router {
  const router = Router();
  const take = createTaker(context);
  router.options('/uploads', (_req, res) => {
    res.setHeader('Access-Control-Allow-Methods', 'POST');
    res.setHeader('Access-Control-Allow-Headers', 'authorization, content-type');
    res.setHeader('Access-Control-Max-Age', '86400');
    res.status(204).end();
  });
  router.post('/uploads', async (req, res) => {
    res.setHeader('Cache-Control', 'no-store');
    res.status(201).json(await take(req));
  });
  router.get('/files/:id', async (req, res) => sendStored(context, req, res));
  return router;
}

function createTaker(context: HttpContext): (req: Request) => Promise<object> {
  const { deps, options } = context;
  const bySession = deps.limits.limiter('uploads of a session', perSession, 600);
  const byAddress = deps.limits.limiter('uploads from an address', perAddress, 600);
  const sweep = createSweep(context);
  const onTheWay = new Map<string, number>();
  return async (req) => {
    const asked = askedIn(req);
    const workspace = await deps.store.in(systemScope).read((tx) => findWorkspaceByAppId(tx, asked.app_id));
    if (!workspace) throw new Refusal('unknown_app');
    if (!isOriginAllowed(req.headers.origin, workspace.settings.allowedOrigins, options.publicUrl ?? hereOf(req)))
      throw new Refusal('origin_refused');
    const sessionHash = hashToken(asked.token);
    const { address, proxy } = callerOfRequest(req);
    await takeOne(bySession, sessionHash, tooMany);
    await takeOne(byAddress, address ?? proxy ?? '', tooMany);
    sweep(workspace.id);
    return holdingRoom(context, onTheWay, req, workspace, () => keep(context, req, workspace, asked, sessionHash));
  };
}

function askedIn(req: Request): Asked {
  const token = /^Bearer (\S+)$/.exec(req.get('authorization') ?? '')?.[1];
  return parsed(upload, { ...req.query, token });
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal('too_large', `A file may have at most ${Math.floor(maxBytes / 2 ** 20)} MB.`);
}

/** Counts what is on its way, too: it comes as slowly as its sender likes, and lies on disk meanwhile. */
async function holdingRoom<T>(
  { deps, options: { files } }: HttpContext,
  onTheWay: Map<string, number>,
  req: Request,
  { id }: Workspace,
  take: () => Promise<T>,
): Promise<T> {
  const told = req.get('content-length');
  const bytes = told === undefined ? files.maxBytes : Number(told);
  if (bytes > files.maxBytes) throw tooLarge(files.maxBytes);
  const add = (more: number): void => {
    const held = (onTheWay.get(id) ?? 0) + more;
    if (held === 0) onTheWay.delete(id);
    else onTheWay.set(id, held);
  };
  add(bytes);
  try {
    const held = onTheWay.get(id) ?? 0;
    if ((await deps.store.in(id).read(unsentBytes)) + held > (files.maxUnsentBytes ?? mostUnsentBytes))
      throw new Refusal('busy', 'Too many files are waiting to be sent.', { retryAfterMs: 60_000 });
    return await take();
  } finally {
    add(-bytes);
  }
}

async function keep({ deps, options }: HttpContext, req: Request, workspace: Workspace, asked: Asked, sessionHash: string) {
  const { files } = options;
  const store = deps.store.in(workspace.id);
  const id = Buffer.from(deps.random(16)).toString('base64url');
  const name = cleanName(asked.name);
  const { size, type } = await saveFile(req, files, id).catch((error: unknown) => {
    if (error instanceof FileTooLarge) throw tooLarge(files.maxBytes);
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new Refusal('unavailable', 'There is no room for the file just now.', { retryAfterMs: 60_000 });
    throw error;
  });
  if (size === 0 || isRefusedFile(type, name)) {
    await removeFile(files.folder, id);
    if (size === 0) throw new Refusal('bad_request', 'The file is empty.');
    throw new Refusal('file_refused', `${name} is a program; those are not taken here.`);
  }
  const [width, height] = isShownInPlace(type) ? [asked.width ?? null, asked.height ?? null] : [null, null];
  const row = { id, sessionHash, name, type, size, width, height, createdAt: deps.now() };
  await store
    .write((tx) => insertUpload(tx, row))
    .catch(async (error: unknown) => {
      await removeFile(files.folder, id);
      throw error;
    });
  return { id, name, type, size, ...(width !== null && height !== null && { width, height }), url: urlOfFile(deps.secretKey, id) };
}

/** Without a timer of its own: whoever brings a file has the old ones taken out, at most once an hour. */
function createSweep({ deps, options }: HttpContext): (workspaceId: string) => void {
  const sweptAt = new Map<string, number>();
  return (workspaceId) => {
    const now = deps.now();
    if (now - (sweptAt.get(workspaceId) ?? 0) < sweepEveryMs) return;
    sweptAt.set(workspaceId, now);
    deps.store
      .in(workspaceId)
      .write((tx) => deleteUnsentUploads(tx, now - unsentForMs))
      .then((ids) => Promise.all(ids.map((id) => removeFile(options.files.folder, id))))
      .catch((error: unknown) => deps.log.warn({ error }, 'files that were never sent could not be taken out'));
  };
}

async function sendStored({ deps, options }: HttpContext, req: Request, res: Response): Promise<void> {
  const { id } = req.params as { id: string };
  const given = typeof req.query['sig'] === 'string' ? req.query['sig'] : '';
  if (!uploadIdPattern.test(id) || !isSignature(deps.secretKey, id, given)) throw new Refusal('not_found');
  const found = await deps.store.in(systemScope).read((tx) => findReadableUpload(tx, id));
  if (!found) throw new Refusal('not_found');
  setFileHeaders(res, found);
  await new Promise<void>((done, failed) =>
    res.sendFile(pathOfFile(options.files.folder, id), { acceptRanges: true, cacheControl: false, dotfiles: 'allow' }, (error) => {
      if (!error || res.headersSent) return done();
      failed((error as NodeJS.ErrnoException).code === 'ENOENT' ? new Refusal('not_found') : error);
    }),
  );
}

function setFileHeaders(res: Response, { type, name }: Upload): void {
  const shown = isShownInPlace(type);
  res.setHeader('Content-Type', shown ? type : 'application/octet-stream');
  const ascii = name.replace(/[^\x20-\x7E]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  res.setHeader('Content-Disposition', `${shown ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encoded}`);
  res.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  res.setHeader('Cache-Control', 'private, max-age=86400');
}
