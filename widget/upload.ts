// One file on its way to the server, with its progress; XMLHttpRequest, because fetch tells none for a body.
import type { FileView } from '../shared/conversation.ts';

export type Uploaded = { ok: true; file: FileView } | { ok: false; code: string; message: string; retryable: boolean };

export interface UploadTarget {
  /** The server's origin. */
  server: string;
  appId: string;
  /** Of the visitor's session. */
  token: string;
}

export interface Upload {
  done: Promise<Uploaded>;
  cancel(): void;
}

/** @param onProgress 0 to 1 */
export function upload(file: File, { server, appId, token }: UploadTarget, onProgress: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Uploaded>((resolve) => {
    const fail = (code: string, retryable: boolean, message = ''): void => resolve({ ok: false, code, message, retryable });
    request.onload = () => resolve(answerOf(request));
    request.onerror = () => fail('unreachable', true);
    request.onabort = () => fail('cancelled', false);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    void pixelsOf(file).then((pixels) => {
      const search = new URLSearchParams({ app_id: appId, name: file.name.slice(0, 500), ...pixels });
      request.open('POST', `${server}/api/widget/uploads?${search.toString()}`);
      request.setRequestHeader('authorization', `Bearer ${token}`);
      request.setRequestHeader('content-type', 'application/octet-stream');
      request.send(file);
    });
  });
  return { done, cancel: () => request.abort() };
}

function answerOf({ status, responseText }: XMLHttpRequest): Uploaded {
  try {
    const body = JSON.parse(responseText) as FileView & { code?: string; detail?: string };
    if (status === 201) return { ok: true, file: body };
    return { ok: false, code: body.code ?? `http_${status}`, message: body.detail ?? '', retryable: status >= 500 || status === 429 };
  } catch {
    return { ok: false, code: `http_${status}`, message: '', retryable: true };
  }
}

/** So that a picture keeps its room before it is loaded. */
async function pixelsOf(file: File): Promise<{ width?: string; height?: string }> {
  if (!/^image\/(png|jpeg|gif|webp|avif)$/.test(file.type) || typeof createImageBitmap !== 'function') return {};
  try {
    const bitmap = await createImageBitmap(file);
    const pixels = { width: String(bitmap.width), height: String(bitmap.height) };
    bitmap.close();
    return pixels;
  } catch {
    return {};
  }
}

/** Whether a file is one of those asked for: MIME types, groups like `image/*`, none: any. */
export function isAccepted(file: Pick<File, 'type' | 'name'>, accept: readonly string[]): boolean {
  return (
    accept.length === 0 ||
    accept.some((type) =>
      type.startsWith('.')
        ? file.name.toLowerCase().endsWith(type.toLowerCase())
        : type.endsWith('/*')
          ? file.type.startsWith(type.slice(0, -1))
          : file.type === type,
    )
  );
}
