'use client';
import { Check, CircleSlash, Hand, Hourglass, Lock } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { afterSays, waitingSays } from '@/components/iterations/gate-text';
import { cx } from '@/components/ui/cx';
import { type GatePhase, type GateView, gatePhase } from '@/lib/domain/loop/gate';

const looks: Record<GatePhase, { readonly icon: typeof Hand; readonly tone: string }> = {
  ahead: { icon: Hourglass, tone: 'text-ink-2' },
  proposing: { icon: Hourglass, tone: 'text-accent' },
  waiting: { icon: Hand, tone: 'text-check-repetition' },
  met: { icon: Check, tone: 'text-good' },
  passed: { icon: Lock, tone: 'text-ink-2' },
  stopped: { icon: CircleSlash, tone: 'text-ink-2' },
};

const Says = ({ phase, view: { status, pairSet, gate } }: { phase: GatePhase; view: GateView }): ReactNode => {
  switch (phase) {
    case 'ahead':
      return 'The loop proposes the pairs of this iteration when its rollouts are verified.';
    case 'proposing':
      return 'The loop is proposing pairs. What has to be reviewed is known when all are here.';
    case 'waiting':
      return status ? (
        <>
          <strong className="font-semibold tabular-nums">{waitingSays(status)}</strong>, then {afterSays(status)}.
          {gate.policy === 'review_sample' && ' The sampled pairs come first.'}
        </>
      ) : null;
    case 'met':
      return 'Nobody has to decide anything more: the loop is freezing the approved pairs. Undo works until it has.';
    case 'passed':
      return pairSet ? (
        <>
          The gate is open: the approved pairs are frozen as{' '}
          <Link href={`/pair-sets/${pairSet.id}`} className="text-accent underline">
            set {pairSet.number}
          </Link>
          . What you decide now goes into a later set, never into that one.
        </>
      ) : (
        'The gate is open. What you decide now goes into a later set.'
      );
    case 'stopped':
      return 'The iteration stopped before its gate opened. Decisions are kept, and a retry counts them again.';
  }
};

/** What the loop waits for in this queue, always in the same place. */
export const GateBar = ({ view }: { view: GateView }) => {
  const phase = gatePhase(view.state, view.status, view.pairSet !== null);
  const { icon: Icon, tone } = looks[phase];
  return (
    <section
      aria-label="Curate gate"
      className={cx(
        'flex flex-wrap items-start gap-x-3 gap-y-1 rounded-md border px-3 py-2',
        phase === 'waiting' ? 'border-line-strong bg-check-repetition-soft' : 'border-line bg-surface',
      )}
    >
      <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', tone)} />
      <p role="status" className="min-w-0 flex-1 basis-64">
        <Says phase={phase} view={view} />
      </p>
      <Link href={`/iterations/${view.iterationId}`} className="whitespace-nowrap text-accent underline">
        Iteration {view.k}
      </Link>
    </section>
  );
};
