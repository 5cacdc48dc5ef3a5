'use client';
import { Check, CircleDashed, CircleSlash, GitCompareArrows, Hand, LoaderCircle } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { type KeyBinding, useKeys } from '@/components/shell/keys';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { Key } from '@/components/ui/key';
import { Panel } from '@/components/ui/panel';
import { Progress } from '@/components/ui/progress';
import type { GateStatus } from '@/lib/domain/iteration';
import { type GatePhase, gatePhase } from '@/lib/domain/loop/gate';
import type { Gate } from '@/lib/domain/loop/plan';
import type { IterationState } from '@/lib/domain/run';
import { formatCount } from '@/lib/domain/text/counted';
import { afterSays, policySays, waitingSays } from './gate-text';

type GatePanelProps = {
  iterationId: string;
  runId: string;
  k: number;
  gate: Gate;
  /** Null while pairs are still being proposed. */
  status: GateStatus | null;
  state: IterationState;
  /** The set that the loop has frozen. */
  pairSet?: { readonly id: string; readonly number: number; readonly pairCount: number } | null;
};

const looks: Record<GatePhase, { readonly icon: typeof Hand; readonly text: string; readonly tone: string }> = {
  ahead: { icon: CircleDashed, text: 'not there yet', tone: 'text-ink-2' },
  proposing: { icon: LoaderCircle, text: 'proposing pairs', tone: 'text-accent' },
  waiting: { icon: Hand, text: 'waiting for people', tone: 'text-check-repetition' },
  met: { icon: Check, text: 'met', tone: 'text-good' },
  passed: { icon: Check, text: 'open', tone: 'text-good' },
  stopped: { icon: CircleSlash, text: 'stopped', tone: 'text-ink-2' },
};

/** What happens, or happened, in one sentence. */
const says = (phase: GatePhase, status: GateStatus | null): string => {
  switch (phase) {
    case 'ahead':
      return 'Pairs are proposed when the rollouts of this iteration are verified.';
    case 'proposing':
      return 'Pairs are being proposed. The gate counts when all are here.';
    case 'waiting':
      return status ? `When they are decided, ${afterSays(status)}.` : '';
    case 'met':
      return 'Nobody has to decide anything more: the approved pairs are being frozen into a set.';
    case 'passed':
      return 'What is decided now goes into a later set, never into the one that is frozen.';
    case 'stopped':
      return 'The iteration stopped. Decisions are kept; a retry from curate counts them again.';
  }
};

const reviewText: Record<GatePhase, string> = {
  ahead: 'Review pairs',
  proposing: 'Look at the pairs',
  waiting: 'Review pairs',
  met: 'Look at the pairs',
  passed: 'Look at the pairs',
  stopped: 'Look at the pairs',
};

const Totals = ({ status }: { status: GateStatus }) => (
  <dl className="flex flex-wrap gap-x-6 gap-y-1 tabular-nums">
    {(
      [
        ['undecided', status.proposed],
        ['approved', status.approved],
        ['rejected', status.rejected],
      ] as const
    ).map(([name, count]) => (
      <div key={name} className="flex gap-1.5">
        <dd className="font-medium">{formatCount(count)}</dd>
        <dt className="text-ink-2">{name}</dt>
      </div>
    ))}
  </dl>
);

/** The curate gate of an iteration: who decides, how far they are, and what follows. */
export const GatePanel = ({ runId, k, gate, status, state, pairSet = null }: GatePanelProps) => {
  const router = useRouter();
  const phase = gatePhase(state, status, pairSet !== null);
  const { icon: Icon, text, tone } = looks[phase];
  const href: Route = `/pairs?run=${runId}&iteration=${k}`;
  const shows = phase !== 'ahead';
  useKeys(
    useMemo(
      (): readonly KeyBinding[] =>
        shows ? [{ keys: ['p'], says: 'Review the pairs of this iteration', run: () => router.push(href) }] : [],
      [shows, router, href],
    ),
  );
  return (
    <Panel
      title="Curate gate"
      actions={
        <span className={cx('flex items-center gap-1 whitespace-nowrap', tone)}>
          <Icon aria-hidden className="size-4 shrink-0" />
          {text}
        </span>
      }
    >
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="flex min-w-0 flex-1 basis-80 flex-col gap-2">
          <p className="text-ink-2">{policySays(gate)}</p>
          {phase === 'waiting' && status && (
            <>
              <p role="status" className="font-semibold text-lg tabular-nums">
                {waitingSays(status)}
              </p>
              <Progress
                label="Pairs reviewed"
                done={status.toReviewInAll - status.toReview}
                total={status.toReviewInAll}
              />
            </>
          )}
          <p>
            {pairSet && (
              <>
                Frozen as{' '}
                <Link href={`/pair-sets/${pairSet.id}`} className="text-accent underline">
                  set {pairSet.number}
                </Link>{' '}
                with {pairSet.pairCount === 1 ? '1 pair' : `${formatCount(pairSet.pairCount)} pairs`}.{' '}
              </>
            )}
            {says(phase, status)}
          </p>
          {status && <Totals status={status} />}
        </div>
        {shows && (
          <Button asChild look={phase === 'waiting' ? 'primary' : 'plain'} className="h-10 px-4">
            <Link href={href}>
              <GitCompareArrows aria-hidden className="size-4" />
              {reviewText[phase]}
              <span className="hidden md:inline">
                <Key>p</Key>
              </span>
            </Link>
          </Button>
        )}
      </div>
    </Panel>
  );
};
