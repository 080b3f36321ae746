// The built files of widget, inbox and demo: known by name, held in memory, sent compressed as the build left them.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Request, Response } from 'express';

export interface Asset {
  type: string;
  etag: string;
  body: Buffer;
  br: Buffer | null;
  gz: Buffer | null;
  /** Its name holds a hash of its content. */
  isHashed: boolean;
}

export interface Assets {
  /** By path within one of the folders, such as `widget.js`; null where there is no such file. */
  find(folder: 'widget' | 'inbox' | 'demo', path: string): Asset | null;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** @param folders where each lies on disk; a folder that is missing has no files */
export function readAssets(folders: { widget: string; inbox: string; demo: string }): Assets {
  const known = new Map<string, { asset: Asset; mtimeMs: number }>();
  const listings = new Map<string, { names: Set<string>; at: number }>();

  /** Requests choose among the names found on disk, so that no path can lead elsewhere. Looked at anew for builds while it runs. */
  function has(folder: keyof typeof folders, path: string): boolean {
    const listing = listings.get(folder);
    if (listing?.names.has(path)) return true;
    if (listing && performance.now() - listing.at < 1000) return false;
    const root = folders[folder];
    const names = existsSync(root)
      ? readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))
      : [];
    listings.set(folder, { names: new Set(names.filter((name) => extname(name) in types)), at: performance.now() });
    return listings.get(folder)?.names.has(path) ?? false;
  }

  return {
    find(folder, path) {
      if (!has(folder, path)) return null;
      const file = join(folders[folder], path);
      const stat = statSync(file, { throwIfNoEntry: false });
      if (!stat?.isFile()) return null;
      const kept = known.get(file);
      if (kept && kept.mtimeMs === stat.mtimeMs) return kept.asset;
      const asset = readAsset(file, stat.mtimeMs);
      known.set(file, { asset, mtimeMs: stat.mtimeMs });
      return asset;
    },
  };
}

export const isHashedName = (name: string): boolean => /-[A-Za-z0-9_-]{8}\.\w+$/.test(name) && extname(name) in types;

export function readAsset(file: string, mtimeMs: number): Asset {
  const body = readFileSync(file);
  // A compressed copy older than its file is of an earlier build.
  const copy = (suffix: string): Buffer | null => {
    const stat = statSync(file + suffix, { throwIfNoEntry: false });
    return stat && stat.mtimeMs >= mtimeMs ? readFileSync(file + suffix) : null;
  };
  return {
    type: types[extname(file)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    body,
    br: copy('.br'),
    gz: copy('.gz'),
    isHashed: isHashedName(file),
  };
}

/** Sends a file, or 304 to whoever has it. `cache` is for names without a hash. */
export function sendAsset(req: Request, res: Response, asset: Asset, cache: string): void {
  res.setHeader('Content-Type', asset.type);
  res.setHeader('Cache-Control', asset.isHashed ? 'public, max-age=31536000, immutable' : cache);
  res.setHeader('ETag', asset.etag);
  res.setHeader('Vary', 'Accept-Encoding');
  if (req.headers['if-none-match']?.includes(asset.etag)) {
    res.status(304).end();
    return;
  }
  const accepted = req.acceptsEncodings();
  const encoding = accepted.includes('br') && asset.br ? 'br' : accepted.includes('gzip') && asset.gz ? 'gzip' : null;
  const body = (encoding === 'br' ? asset.br : encoding === 'gzip' ? asset.gz : null) ?? asset.body;
  if (encoding) res.setHeader('Content-Encoding', encoding);
  res.setHeader('Content-Length', body.length);
  if (req.method === 'HEAD') res.end();
  else res.end(body);
}
