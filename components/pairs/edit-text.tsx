'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Key } from '@/components/ui/key';

type EditTextProps = { label: string; text: string; onSave: (text: string) => void; onCancel: () => void };

/** Rewrites one side in place. Ctrl+Enter saves, Esc cancels; other keys write. */
export const EditText = ({ label, text, onSave, onCancel }: EditTextProps) => {
  const [draft, setDraft] = useState(text);
  return (
    <div className="flex flex-1 flex-col gap-2">
      <textarea
        aria-label={label}
        // biome-ignore lint/a11y/noAutofocus: the person has just pressed the key that opens it
        autoFocus
        value={draft}
        onChange={({ target }) => setDraft(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
          else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSave(draft);
          else return;
          event.preventDefault();
        }}
        className="min-h-[40vh] w-full flex-1 resize-y rounded-md border border-line-strong bg-surface p-2 leading-relaxed"
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <span className="mr-auto flex items-center gap-1 text-ink-2 text-xs">
          <Key>Ctrl</Key>
          <Key>Enter</Key> saves, <Key>Esc</Key> cancels
        </span>
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" onClick={() => onSave(draft)}>
          Save text
        </Button>
      </div>
    </div>
  );
};
