// Files of a message: pictures in place, everything else as a card to be downloaded.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FileView } from '../../shared/conversation.ts';
import { sizeInWords } from '../../shared/file-size.ts';
import { Icon } from './Icon.tsx';
import { FileIcon } from './icons.ts';

const shownTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

export function Attachments({ files }: { files: readonly FileView[] }): JSX.Element {
  return (
    <ul class="attachments" aria-label={files.length === 1 ? 'Attached file' : 'Attached files'}>
      {files.map((file) => (
        <li key={file.id}>{shownTypes.includes(file.type) ? <Picture file={file} /> : <FileCard file={file} />}</li>
      ))}
    </ul>
  );
}

function Picture({ file }: { file: FileView }): JSX.Element {
  const [isGone, setGone] = useState(false);
  if (isGone) return <FileCard file={file} isGone />;
  const { width, height } = file;
  return (
    <a class="attachment-picture" href={file.url} target="_blank" rel="noreferrer" title={`${file.name} · ${sizeInWords(file.size, 'en')}`}>
      <img
        src={file.url}
        alt={file.name}
        loading="lazy"
        {...(width !== undefined && height !== undefined && { width, height, style: { aspectRatio: `${width} / ${height}` } })}
        onError={() => setGone(true)}
      />
    </a>
  );
}

function FileCard({ file, isGone = false }: { file: FileView; isGone?: boolean }): JSX.Element {
  const inside = (
    <>
      <span class="attachment-icon">
        <Icon of={FileIcon} />
      </span>
      <span class="attachment-words">
        <span class="attachment-name">{file.name}</span>
        <span class="attachment-size">{isGone ? 'No longer stored' : sizeInWords(file.size, 'en')}</span>
      </span>
    </>
  );
  if (isGone) return <span class="attachment-card">{inside}</span>;
  return (
    <a class="attachment-card" href={file.url} download={file.name} title={`Download ${file.name}`}>
      {inside}
    </a>
  );
}
