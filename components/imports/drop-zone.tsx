'use client';
import { FileInput } from 'lucide-react';
import { useId, useState } from 'react';
import { cx } from '@/components/ui/cx';

/** Takes files by dragging or by choosing; the whole area is the label of one file input. */
export const DropZone = ({ onFiles }: { onFiles: (files: readonly File[]) => void }) => {
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
      className={cx(
        'flex cursor-pointer flex-col items-center gap-1 rounded-md border border-dashed px-4 py-8 text-center',
        'focus-within:outline focus-within:outline-2 focus-within:outline-accent',
        over ? 'border-accent bg-accent-soft' : 'border-line-strong hover:bg-sunken',
      )}
    >
      <FileInput aria-hidden className="size-6 text-ink-2" />
      <span className="font-medium">Drag files here, or choose them</span>
      <span className="text-ink-2 text-xs">Several files of one run are several samplings of its questions</span>
      <input
        id={id}
        type="file"
        multiple
        className="sr-only"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = ''; // the same file may be chosen again
        }}
      />
    </label>
  );
};
