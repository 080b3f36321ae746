// The answer to a question for a file: chosen, dropped or pasted, sent up at once, and said when the visitor says so.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AskView } from '../../shared/bot/types.ts';
import { sizeInWords } from '../../shared/file-size.ts';
import { useApp } from '../app.ts';
import css from '../styles/files.css?inline';
import { isAccepted, upload, type Upload, type Uploaded } from '../upload.ts';
import { fileWords } from './file-words.ts';
import { FileIcon } from './Files.tsx';

type Ask = Extract<AskView, { kind: 'file' }>;

interface Item {
  key: number;
  file: File;
  /** 0 to 1 of the way up. */
  share: number;
  /** Absent while it is on its way. */
  result?: Uploaded;
}

/** As many as one message may carry. */
const maxFiles = 5;

function FileAsk({ ask }: { ask: Ask }) {
  const { state, locale } = useApp();
  const words = fileWords(locale.tag);
  const { items, add, remove, again } = useUploads(ask);
  const [over, setOver] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  usePaste(box, add);
  const ready = items.flatMap(({ result }) => (result?.ok ? [result.file] : []));
  const busy = items.some(({ result }) => !result);

  function send(): void {
    void state.say(ready.map(({ name }) => name).join(', '), { files: ready.map(({ id }) => id) });
  }

  return (
    <div
      class="file-ask"
      ref={box}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        add(event.dataTransfer?.files);
      }}
    >
      {items.map((item) => (
        <Row key={item.key} item={item} ask={ask} remove={() => remove(item.key)} again={() => again(item.key)} />
      ))}
      {items.length < maxFiles && (
        <label class={`drop${over ? ' over' : ''}${items.length > 0 ? ' slim' : ''}`}>
          <input
            type="file"
            class="hidden"
            multiple
            accept={ask.accept.join(',')}
            onChange={({ currentTarget }) => {
              add(currentTarget.files);
              currentTarget.value = '';
            }}
          />
          <b>{items.length > 0 ? words.chooseMore : words.choose}</b>
          {items.length === 0 && (
            <small>
              {words.drop}, {words.upTo(sizeInWords(ask.maxMb * 1e6, locale.tag))}
            </small>
          )}
        </label>
      )}
      {items.length > 0 && (
        <button type="button" class="send-files" disabled={busy || ready.length === 0} onClick={send}>
          {busy ? words.uploading : words.sendFiles(Math.max(1, ready.length))}
        </button>
      )}
    </div>
  );
}

function Row({ item, ask, remove, again }: { item: Item; ask: Ask; remove(): void; again(): void }) {
  const { locale } = useApp();
  const words = fileWords(locale.tag);
  const { file, share, result } = item;
  const failed = result && !result.ok ? result : null;
  return (
    <div class={failed ? 'file wrong' : 'file'}>
      <FileIcon />
      <span class="file-words">
        <b>{file.name}</b>
        <small role="status">
          {failed ? reasonOf(failed, ask, locale.tag) : `${sizeInWords(file.size, locale.tag)} · ${result ? words.ready : words.uploading}`}
          {failed?.retryable && (
            <>
              {' '}
              <button type="button" class="again" onClick={again}>
                {words.tryAgain}
              </button>
            </>
          )}
        </small>
        {!result && (
          <span class="bar">
            <i style={{ transform: `scaleX(${share})` }} />
          </span>
        )}
      </span>
      <button type="button" class="round" aria-label={words.removeFile(file.name)} onClick={remove}>
        <svg class="icon" width="16" height="16" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M6 6l12 12M18 6 6 18" />
        </svg>
      </button>
    </div>
  );
}

function reasonOf({ code, message }: { code: string; message: string }, ask: Ask, tag: string): string {
  const words = fileWords(tag);
  if (code === 'too_large') return words.tooLarge(sizeInWords(ask.maxMb * 1e6, tag));
  if (code === 'wrong_kind') return words.wrongKind;
  if (code === 'file_refused') return words.refused;
  return message || words.failed;
}

function useUploads(ask: Ask) {
  const { server, token, settings } = useApp();
  const [items, setItems] = useState<readonly Item[]>([]);
  const running = useRef(new Map<number, Upload>());
  const next = useRef(0);
  const change = (key: number, more: Partial<Item>): void =>
    setItems((all) => all.map((item) => (item.key === key ? { ...item, ...more } : item)));

  useEffect(() => () => running.current.forEach(({ cancel }) => cancel()), []);

  function start(key: number, file: File): void {
    const refused = refusalOf(file, ask);
    if (refused) return change(key, { result: { ok: false, code: refused, message: '', retryable: false } });
    const one = upload(file, { server, appId: settings.appId, token: token() ?? '' }, (share) => change(key, { share }));
    running.current.set(key, one);
    void one.done.then((result) => {
      running.current.delete(key);
      change(key, { result });
    });
  }

  function add(files: FileList | readonly File[] | null | undefined): void {
    const fresh = [...(files ?? [])].slice(0, maxFiles - items.length).map((file) => ({ key: next.current++, file, share: 0 }));
    setItems((all) => [...all, ...fresh]);
    for (const { key, file } of fresh) start(key, file);
  }

  function remove(key: number): void {
    running.current.get(key)?.cancel();
    setItems((all) => all.filter((item) => item.key !== key));
  }

  function again(key: number): void {
    const item = items.find((one) => one.key === key);
    if (!item) return;
    change(key, { result: undefined, share: 0 });
    start(key, item.file);
  }

  return { items, add, remove, again };
}

function refusalOf(file: File, ask: Ask): string | null {
  if (!isAccepted(file, ask.accept)) return 'wrong_kind';
  return file.size > ask.maxMb * 1e6 ? 'too_large' : null;
}

/** A picture on the clipboard, wherever in the panel it is pasted; text goes where it always goes. */
function usePaste(box: { current: HTMLElement | null }, add: (files: readonly File[]) => void): void {
  useEffect(() => {
    const root = box.current!.getRootNode();
    const onPaste = (event: Event): void => {
      const files = [...((event as ClipboardEvent).clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      add(files);
    };
    root.addEventListener('paste', onPaste);
    return () => root.removeEventListener('paste', onPaste);
  });
}

export { FileAsk as View, css };
