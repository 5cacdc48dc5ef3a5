'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { keepView } from '@/lib/actions/saved-views';
import { savedViewNameSchema } from '@/lib/domain/saved-view';
import { savedViewsQuery } from '@/lib/queries/saved-views';

/** Names what the screen shows now. */
export const SaveForm = ({ path, query }: { path: string; query: string }) => {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [error, setError] = useState<string>();
  const [pending, start] = useTransition();
  const save = () =>
    start(async () => {
      const parsed = savedViewNameSchema.safeParse(name);
      if (!parsed.success) return setError(parsed.error.issues[0]?.message);
      const result = await keepView({ name: parsed.data, path, query });
      if (!result.ok) return setError(result.error.fields?.query?.[0] ?? result.error.message);
      setName('');
      setError(undefined);
      // A first reading that is still under way would stand, without the new one.
      await client.cancelQueries(savedViewsQuery());
      await client.invalidateQueries(savedViewsQuery());
    });
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field
        label="Keep this screen as"
        className="flex-1"
        hint="Everybody in the project sees it. Its numbers are read anew each time."
        errors={error ? [error] : undefined}
      >
        {(control) => (
          <Input {...control} value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Button type="submit" look="primary" disabled={pending} className="mb-5">
        Save view
      </Button>
    </form>
  );
};
