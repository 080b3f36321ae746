// Files of a message: pictures in place, everything else to be downloaded. A chunk of its own.
import { useState } from 'preact/hooks';
import type { FileView } from '../../shared/conversation.ts';
import { sizeInWords } from '../../shared/file-size.ts';
import { useApp } from '../app.ts';
import css from '../styles/files.css?inline';
import { fileWords } from './file-words.ts';

const shownTypes = /^image\/(png|jpeg|gif|webp|avif)$/;

function Files({ files }: { files: readonly FileView[] }) {
  return (
    <div class="files">
      {files.map((file) => (shownTypes.test(file.type) ? <Picture key={file.id} file={file} /> : <FileLink key={file.id} file={file} />))}
    </div>
  );
}

/** Their address names no origin: it is the one this code came from. */
function useAddress({ url }: FileView): string {
  const { server } = useApp();
  return server + url;
}

function Picture({ file }: { file: FileView }) {
  const [gone, setGone] = useState(false);
  const address = useAddress(file);
  const { width, height, name } = file;
  if (gone) return <FileLink file={file} gone />;
  return (
    <a class="picture" href={address} target="_blank" rel="noreferrer">
      <img
        src={address}
        alt={name}
        loading="lazy"
        width={width}
        height={height}
        style={width && height ? { aspectRatio: `${width} / ${height}` } : undefined}
        onError={() => setGone(true)}
      />
    </a>
  );
}

function FileLink({ file, gone = false }: { file: FileView; gone?: boolean }) {
  const { locale } = useApp();
  const address = useAddress(file);
  const words = fileWords(locale.tag);
  const inside = (
    <>
      <FileIcon />
      <span class="file-words">
        <b>{file.name}</b>
        <small>{gone ? words.gone : sizeInWords(file.size, locale.tag)}</small>
      </span>
    </>
  );
  if (gone) return <span class="file">{inside}</span>;
  return (
    <a class="file" href={address} download={file.name} target="_blank" rel="noreferrer" aria-label={words.download(file.name)}>
      {inside}
    </a>
  );
}

export function FileIcon() {
  return (
    <span class="file-icon" aria-hidden="true">
      <svg class="icon" width="18" height="18" viewBox="0 0 24 24">
        <path d="M14 3v5h5M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8l-5-5Z" />
      </svg>
    </span>
  );
}

export { Files as View, css };
