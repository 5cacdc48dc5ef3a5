'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { AppError } from '@/lib/errors';
import { uploadTokenizer } from '@/lib/queries/tokenizers';

/** Adds a tokenizer under a name: a person chooses its file. */
export const TokenizerForm = () => {
  const router = useRouter();
  const [name, setName] = useState('');
  const [file, setFile] = useState<File>();
  const [error, setError] = useState<string>();
  const [sending, setSending] = useState(false);

  const add = async (chosen: File, form: HTMLFormElement) => {
    setSending(true);
    setError(undefined);
    try {
      await uploadTokenizer(name.trim(), chosen);
      form.reset();
      setName('');
      setFile(undefined);
      router.refresh();
    } catch (failure) {
      if (!(failure instanceof AppError)) throw failure;
      setError(failure.message);
    } finally {
      setSending(false);
    }
  };

  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (file) void add(file, event.currentTarget);
      }}
    >
      <div className="flex flex-col gap-1">
        <div className="flex min-w-0 items-center gap-3">
          <label className="inline-flex h-8 shrink-0 cursor-pointer items-center rounded-md border border-line bg-surface px-3 font-medium focus-within:outline focus-within:outline-2 focus-within:outline-accent hover:bg-sunken">
            Choose a tokenizer.json…
            <input
              type="file"
              accept=".json,application/json"
              className="sr-only"
              onChange={(event) => setFile(event.target.files?.[0])}
            />
          </label>
          <span className="min-w-0 truncate text-ink-2">{file?.name ?? 'No file chosen'}</span>
        </div>
        <p className="text-ink-2 text-xs">
          It lies beside a model&apos;s weights, on its hub page or on the trainer&apos;s disk.
        </p>
      </div>
      <Field label="Name of the tokenizer" errors={error ? [error] : undefined}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              value={name}
              maxLength={100}
              placeholder="Qwen2.5-VL"
              onChange={(event) => setName(event.target.value)}
            />
            <Button type="submit" disabled={sending || !file || name.trim() === ''}>
              {sending ? 'Reading…' : 'Add tokenizer'}
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
};
