import { X } from 'lucide-react';
import { formatBytes } from '@/components/ui/number';
import { Progress } from '@/components/ui/progress';
import { type ChosenFile, formatOf } from './chosen-file';
import { formatName } from './format-notes';

/** Bytes sent so far by key, and what went wrong by key. */
export type Sending = {
  readonly sent: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, string>>;
};

type ChosenListProps = {
  files: readonly ChosenFile[];
  sending: Sending;
  busy: boolean;
  onRemove: (key: string) => void;
};

/** The files that will be imported, and what each was recognised as. */
export const ChosenList = ({ files, sending, busy, onRemove }: ChosenListProps) => (
  <ul aria-label="Chosen files" className="flex flex-col divide-y divide-line rounded-md border border-line">
    {files.map((file) => {
      const format = formatOf(file);
      const error =
        sending.errors[file.key] ?? (typeof file.detected === 'string' ? undefined : file.detected.unsupported);
      const sent = sending.sent[file.key];
      return (
        <li key={file.key} className="flex flex-col gap-1 px-3 py-2">
          <div className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate font-medium" title={file.name}>
              {file.name}
            </span>
            <span className="text-ink-2 text-xs">{formatBytes(file.bytes)}</span>
            <button
              type="button"
              disabled={busy}
              aria-label={`Remove ${file.name}`}
              className="rounded p-1 text-ink-2 hover:bg-sunken disabled:opacity-50"
              onClick={() => onRemove(file.key)}
            >
              <X aria-hidden className="size-4" />
            </button>
          </div>
          {format && <div className="text-ink-2 text-xs">{formatName(format)}</div>}
          {error && (
            <div role="alert" className="break-words text-bad text-xs">
              {error}
            </div>
          )}
          {sent !== undefined && !error && (
            <Progress label={`Sending ${file.name}`} done={sent} total={Math.max(1, file.bytes)} />
          )}
        </li>
      );
    })}
  </ul>
);
