'use client';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { Panel } from '@/components/ui/panel';
import { makeToken, revokeToken } from '@/lib/actions/settings';

type Token = { readonly id: string; readonly name: string; readonly created: string; readonly lastUsed: string | null };

/** The token in clear, this once. */
const NewToken = ({ token, onDone }: { token: string; onDone: () => void }) => {
  const [copied, setCopied] = useState(false);
  return (
    <div role="alert" className="flex flex-col gap-2 rounded-md border border-accent bg-accent-soft p-3">
      <p className="font-medium">Copy the token now: it is not shown again.</p>
      <code className="break-all rounded bg-surface p-2 text-xs">{token}</code>
      <div className="flex gap-2">
        <Button
          look="primary"
          onClick={() => {
            void navigator.clipboard.writeText(token).then(() => setCopied(true));
          }}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
        <Button onClick={onDone}>I have it</Button>
      </div>
    </div>
  );
};

/** Bearer tokens for scripts that push rollouts and pull pairs. */
export const ApiTokens = ({ tokens, mayMake }: { tokens: readonly Token[]; mayMake: boolean }) => {
  const [name, setName] = useState('');
  const [fresh, setFresh] = useState<string>();
  const [error, setError] = useState<string>();
  const [pending, start] = useTransition();
  const make = () =>
    start(async () => {
      const result = await makeToken({ name });
      setError(result.ok ? undefined : (result.error.fields?.name?.[0] ?? result.error.message));
      if (!result.ok) return;
      setFresh(result.data);
      setName('');
    });
  const revoke = (id: string) =>
    start(async () => {
      const result = await revokeToken({ id });
      setError(result.ok ? undefined : result.error.message);
    });
  return (
    <Panel title="API tokens" className="min-w-0">
      <div className="flex flex-col gap-3">
        {fresh && <NewToken token={fresh} onDone={() => setFresh(undefined)} />}
        {tokens.length === 0 ? (
          <p className="text-ink-2">No token yet. Scripts send one as a bearer token to /api/v1.</p>
        ) : (
          <ul aria-label="Tokens" className="flex flex-col divide-y divide-line rounded-md border border-line">
            {tokens.map((token) => (
              <li key={token.id} className="flex items-center gap-3 px-3 py-2">
                <div className="min-w-0 flex-1">
                  <div className="break-words font-medium">{token.name}</div>
                  <div className="text-ink-2 text-xs">
                    Made {token.created}, {token.lastUsed ? `last used ${token.lastUsed}` : 'never used'}
                  </div>
                </div>
                <Button
                  look="danger"
                  disabled={pending}
                  aria-label={`Revoke ${token.name}`}
                  onClick={() => revoke(token.id)}
                >
                  Revoke
                </Button>
              </li>
            ))}
          </ul>
        )}
        {mayMake && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              make();
            }}
          >
            <Field label="New token for" errors={error ? [error] : undefined}>
              {(control) => (
                <div className="flex gap-2">
                  <Input
                    {...control}
                    value={name}
                    maxLength={100}
                    placeholder="the training cluster"
                    onChange={(event) => setName(event.target.value)}
                  />
                  <Button type="submit" disabled={pending || name.trim() === ''}>
                    Make
                  </Button>
                </div>
              )}
            </Field>
          </form>
        )}
      </div>
    </Panel>
  );
};
