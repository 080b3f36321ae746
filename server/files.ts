// Files of conversations on disk: written once under a random id, durable before anything says they are there.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileTypeFromFile } from 'file-type';
import { uploadIdPattern } from '../shared/ids.ts';

export interface FileOptions {
  /** Where they lie; made when it is first needed. */
  folder: string;
  /** Bytes of one file. */
  maxBytes: number;
  /** Bytes that may lie unsent in a workspace, those on their way among them; 1 GiB unless told. */
  maxUnsentBytes?: number;
}

export class FileTooLarge extends Error {}

/** Longest name kept, in UTF-16 units. */
const maxName = 120;

/** Below the folder, spread over 4,096 directories. @throws for what is no id */
export function pathOfFile(folder: string, id: string): string {
  if (!uploadIdPattern.test(id)) throw new Error(`no id of a file: ${id}`);
  return join(folder, id.slice(0, 2), id);
}

/**
 * Takes a body as it comes. On return the bytes are on disk, fsynced; anything else leaves nothing behind.
 * @throws FileTooLarge
 */
export async function saveFile(body: Readable, { folder, maxBytes }: FileOptions, id: string): Promise<{ size: number; type: string }> {
  const path = pathOfFile(folder, id);
  const part = `${path}.part`;
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  try {
    const size = await writeTo(part, body, maxBytes);
    const type = await typeOfFile(part);
    await rename(part, path);
    return { size, type };
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function writeTo(path: string, body: Readable, maxBytes: number): Promise<number> {
  let size = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw new FileTooLarge(`more than ${maxBytes} bytes`);
      yield chunk;
    }
  }
  // Opened beforehand: a stream that opens by itself could still make the file after it was broken off and taken away.
  const file = await open(path, 'w', 0o600);
  // `flush`: fsync before close.
  await pipeline(counted, file.createWriteStream({ flush: true }));
  return size;
}

export async function removeFile(folder: string, id: string): Promise<void> {
  await rm(pathOfFile(folder, id), { force: true });
}

/** MIME type by the bytes; what has no signature is text where it is UTF-8 without control characters. */
export async function typeOfFile(path: string): Promise<string> {
  const found = await fileTypeFromFile(path);
  if (found) return found.mime;
  return (await isText(path)) ? 'text/plain' : 'application/octet-stream';
}

async function isText(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    // The last character may be cut: `stream` does not mind.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead), { stream: true });
    return !/[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/.test(text);
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  } finally {
    await handle.close();
  }
}

/** Programs: nobody sends one to a chat for a good reason. */
const refusedTypes = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/x-ms-shortcut',
  'application/x-msi',
  'application/java-vm',
  'application/vnd.android.package-archive',
  'application/x-apple-diskimage',
]);
const refusedEnds =
  /\.(?:exe|com|bat|cmd|scr|pif|msi|msp|ps1|vbs|vbe|js|jse|wsf|wsh|hta|lnk|jar|apk|app|dmg|pkg|sh|command|reg|cpl|dll|iso|img)$/i;

/** @param type as found in its bytes @param name as the sender calls it */
export function isRefusedFile(type: string, name: string): boolean {
  return refusedTypes.has(type) || refusedEnds.test(name.trim());
}

/** A name fit to be shown and saved under: no path, no control or direction-changing characters, not longer than 120. */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '');
  if (plain.length <= maxName) return plain === '' ? 'file' : plain;
  const dot = plain.lastIndexOf('.');
  const end = dot > 0 && plain.length - dot <= 12 ? plain.slice(dot) : '';
  return plain.slice(0, maxName - end.length).replace(/[\uD800-\uDBFF]$/, '') + end;
}

/** Shown in place; everything else is downloaded, so that no file of a stranger ever runs as a page of ours. */
const shownTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

export function isShownInPlace(type: string): boolean {
  return shownTypes.has(type);
}

export function signatureOf(secretKey: Uint8Array, id: string): string {
  return createHmac('sha256', secretKey).update(`file ${id}`).digest('base64url').slice(0, 22);
}

export function isSignature(secretKey: Uint8Array, id: string, given: string): boolean {
  const right = Buffer.from(signatureOf(secretKey, id));
  const said = Buffer.from(given);
  return right.length === said.length && timingSafeEqual(right, said);
}

export function urlOfFile(secretKey: Uint8Array, id: string): string {
  return `/api/widget/files/${id}?sig=${signatureOf(secretKey, id)}`;
}
