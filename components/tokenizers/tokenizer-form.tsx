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
      <Field label="tokenizer.json" hint="It lies beside a model's weights, on its hub page or on the trainer's disk.">
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".json,application/json"
            className="max-w-full text-ink-2 file:mr-3 file:h-8 file:rounded-md file:border file:border-line file:bg-surface file:px-3 file:font-medium file:text-ink"
            onChange={(event) => setFile(event.target.files?.[0])}
          />
        )}
      </Field>
      <Field label="Name" errors={error ? [error] : undefined}>
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
              {sending ? 'Reading…' : 'Add'}
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
};
