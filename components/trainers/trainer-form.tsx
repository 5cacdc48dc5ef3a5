'use client';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { Failed } from '@/components/ui/states';
import { addTrainer } from '@/lib/actions/trainers';
import type { Failure } from '@/lib/errors';

const EMPTY = { name: '', url: '', token: '', rewardUrl: '' };
type Name = keyof typeof EMPTY;

/** The port of this studio, which the way back through SSH must have at both ends. */
const portOf = (studioUrl: string): string => {
  const { port, protocol } = new URL(studioUrl);
  return port || (protocol === 'https:' ? '443' : '80');
};

/** Registers a trainer by name, address and token, and says at once whether it answers. */
export const TrainerForm = ({ studioUrl, onDone }: { studioUrl: string; onDone: () => Promise<unknown> }) => {
  const [form, setForm] = useState(EMPTY);
  const [failure, setFailure] = useState<Failure>();
  const [said, setSaid] = useState<string>();
  const [pending, start] = useTransition();
  const port = portOf(studioUrl);

  const register = () =>
    start(async () => {
      const result = await addTrainer(form);
      setFailure(result.ok ? undefined : result.error);
      setSaid(result.ok ? `Registered ${result.data.name}: ${result.data.sentence ?? 'it is online.'}` : undefined);
      if (result.ok) setForm(EMPTY);
      await onDone();
    });
  const input = (name: Name) => ({
    value: form[name],
    spellCheck: false,
    onChange: ({ target }: { target: { value: string } }) => setForm({ ...form, [name]: target.value }),
  });

  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        register();
      }}
    >
      <div className="grid grid-cols-1 gap-3 md:grid-cols-2">
        <Field label="Name" errors={failure?.fields?.name}>
          {(control) => <Input {...control} {...input('name')} maxLength={100} placeholder="gpu-host" />}
        </Field>
        <Field
          label="Address"
          hint="Through SSH: ssh -N -L 8711:127.0.0.1:8711 gpu-host, and it is http://127.0.0.1:8711"
          errors={failure?.fields?.url}
        >
          {(control) => <Input {...control} {...input('url')} placeholder="http://127.0.0.1:8711" />}
        </Field>
        <Field
          label="Token"
          hint="What its --token-file holds. It is sealed here and never shown again."
          errors={failure?.fields?.token}
        >
          {(control) => <Input {...control} {...input('token')} type="password" autoComplete="off" />}
        </Field>
        <Field
          label="Where it reaches the studio (optional)"
          hint={`GRPO asks the studio for rewards. Through SSH add -R ${port}:127.0.0.1:${port} and give http://127.0.0.1:${port}; empty means ${studioUrl}. A verifier that runs beside the trainer is given with its path.`}
          errors={failure?.fields?.rewardUrl}
        >
          {(control) => <Input {...control} {...input('rewardUrl')} placeholder={`http://127.0.0.1:${port}`} />}
        </Field>
      </div>
      {failure && !failure.fields && <Failed error={new Error(failure.message)} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          look="primary"
          disabled={pending || [form.name, form.url, form.token].some((value) => value.trim() === '')}
        >
          {pending ? 'Asking it…' : 'Register'}
        </Button>
        <output className="min-w-0 break-words text-ink-2">{said}</output>
      </div>
    </form>
  );
};
