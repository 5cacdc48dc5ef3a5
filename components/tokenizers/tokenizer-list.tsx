'use client';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { formatBytes } from '@/components/ui/number';
import { Panel } from '@/components/ui/panel';
import { forgetTokenizer } from '@/lib/actions/tokenizers';
import type { TokenizerView } from '@/lib/domain/tokenizer';
import { TokenizerForm } from './tokenizer-form';

type TokenizerListProps = { readonly tokenizers: readonly TokenizerView[]; readonly mayManage: boolean };

const versionsText = (versions: readonly number[]): string =>
  versions.length === 0
    ? 'no verifier version counts with it yet'
    : `verifier version${versions.length === 1 ? '' : 's'} ${versions.join(', ')}`;

/** The tokenizers that verifier versions may count with. */
export const TokenizerList = ({ tokenizers, mayManage }: TokenizerListProps) => {
  const [error, setError] = useState<string>();
  const [pending, start] = useTransition();
  const forget = (id: string) =>
    start(async () => {
      const result = await forgetTokenizer({ id });
      setError(result.ok ? undefined : result.error.message);
    });
  return (
    <Panel title="Tokenizers" className="min-w-0">
      <div className="flex flex-col gap-3">
        <p className="text-ink-2">
          {tokenizers.length === 0 && 'None yet: lengths that no trainer counted are estimates. '}A verifier version
          that names a tokenizer counts the thinking&apos;s tokens exactly.
        </p>
        {tokenizers.length > 0 && (
          <ul aria-label="Tokenizers" className="flex flex-col divide-y divide-line rounded-md border border-line">
            {tokenizers.map(({ id, name, sha256, bytes, versions }) => (
              <li key={id} className="flex items-center gap-3 px-3 py-2">
                <div className="min-w-0 flex-1">
                  <div className="break-words font-medium">{name}</div>
                  <div className="text-ink-2 text-xs">
                    {formatBytes(bytes)}, <span className="font-mono">{sha256.slice(0, 12)}</span>,{' '}
                    {versionsText(versions)}
                  </div>
                </div>
                {mayManage && versions.length === 0 && (
                  <Button look="quiet" disabled={pending} aria-label={`Remove ${name}`} onClick={() => forget(id)}>
                    Remove
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
        {error && <p className="text-bad">{error}</p>}
        {mayManage && <TokenizerForm />}
      </div>
    </Panel>
  );
};
