'use client';
import { Check, CloudOff, LoaderCircle } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { counted } from '@/lib/domain/text/counted';
import type { OutboxState } from './outbox';

type SaveStateProps = {
  /** What one entry is called. */
  readonly what: string;
  readonly state: OutboxState<unknown>;
  /** Undefined until the page has come alive. */
  readonly outbox: { readonly resume: () => void } | undefined;
};

/** Whether the server has everything, said where it is always seen. */
export const SaveState = ({ what, state, outbox }: SaveStateProps) => {
  const waiting = state.entries.length;
  // Before the page is alive nobody knows what an earlier one left.
  if (!outbox) return <span role="status" />;
  if (state.trouble !== null) {
    return (
      <span role="status" className="flex flex-wrap items-center gap-2 text-bad">
        <CloudOff aria-hidden className="size-4" />
        <span>
          {counted(waiting, what)} not saved yet: {state.trouble}{' '}
          {state.volatile
            ? 'This browser keeps nothing: leave this page open.'
            : 'Kept in this browser, and tried again.'}
        </span>
        <Button onClick={() => outbox.resume()}>Try now</Button>
      </span>
    );
  }
  return (
    <span role="status" className="flex items-center gap-1.5 text-ink-2">
      {waiting > 0 ? (
        <>
          <LoaderCircle aria-hidden className="size-4 animate-spin" /> Saving {counted(waiting, what)}…
        </>
      ) : (
        <>
          <Check aria-hidden className="size-4 text-good" /> Saved
        </>
      )}
    </span>
  );
};
