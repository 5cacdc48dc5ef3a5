'use client';
import { useQuery } from '@tanstack/react-query';
import { Ban, Check, CircleUserRound, Hourglass, LoaderCircle, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { Panel } from '@/components/ui/panel';
import { Progress } from '@/components/ui/progress';
import { Empty, Failed } from '@/components/ui/states';
import type { IterationSummary } from '@/lib/domain/iteration';
import { sayMove, sortMoves } from '@/lib/domain/loop/moves';
import { iterationsQuery } from '@/lib/queries/iterations';

/** Shape and colour of where an iteration stands; the words stand beside it. */
const lookOf = ({ state, toReview, waitingFor }: IterationSummary) => {
  if (toReview > 0) return { icon: CircleUserRound, tone: 'text-check-repetition' };
  if (state === 'done' || state === 'imported') return { icon: Check, tone: 'text-good' };
  if (state === 'failed') return { icon: TriangleAlert, tone: 'text-bad' };
  if (state === 'cancelled') return { icon: Ban, tone: 'text-ink-3' };
  return waitingFor === null
    ? { icon: LoaderCircle, tone: 'text-accent' }
    : { icon: Hourglass, tone: 'text-check-repetition' };
};

const IterationItem = ({ iteration }: { iteration: IterationSummary }) => {
  const { id, k, run, step, steps, toReview, finishedAt, createdAt } = iteration;
  const { icon: Icon, tone } = lookOf(iteration);
  const when = finishedAt ?? createdAt;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2">
      <Icon aria-hidden className={cx('size-4 shrink-0', tone)} />
      <Link href={`/iterations/${id}`} className="min-w-0 break-words font-medium text-accent hover:underline">
        {run.name}, iteration {k}
      </Link>
      <span className={cx('min-w-0 break-words', toReview > 0 ? 'font-medium' : 'text-ink-2')}>
        {sayMove(iteration)}
      </span>
      <span className="ml-auto flex items-center gap-3">
        {step !== null && steps !== null && (
          <span className="w-28">
            <Progress label={`Steps of iteration ${k}`} done={step} total={steps} />
          </span>
        )}
        {toReview > 0 && (
          <Button asChild look="primary">
            <Link href={`/pairs?run=${run.id}&iteration=${k}`}>Review</Link>
          </Button>
        )}
        <time dateTime={when} className="text-ink-3 text-xs tabular-nums">
          {when.slice(0, 16).replace('T', ' ')}
        </time>
      </span>
    </li>
  );
};

const List = ({ label, iterations }: { label: string; iterations: readonly IterationSummary[] }) => (
  <ul aria-label={label} className="divide-y divide-line">
    {iterations.map((iteration) => (
      <IterationItem key={iteration.id} iteration={iteration} />
    ))}
  </ul>
);

/** What moves now, what waits for somebody, and what was launched before. */
export const IterationList = ({ initial }: { initial: IterationSummary[] }) => {
  const { data, error, refetch } = useQuery({ ...iterationsQuery(), initialData: initial });
  const { moving, over } = sortMoves(data);
  return (
    <>
      <Panel title="Under way" flush={moving.length > 0}>
        {error && <Failed error={error} onRetry={() => void refetch()} />}
        {moving.length > 0 ? (
          <List label="Iterations under way" iterations={moving} />
        ) : over.length > 0 ? (
          <p className="text-ink-2">Nothing moves.</p>
        ) : (
          <Empty
            title="Nothing moves"
            action={
              <Button asChild>
                <Link href="/train/launch">Launch</Link>
              </Button>
            }
          >
            An iteration samples rollouts, has them verified and paired, and trains on the pairs.
          </Empty>
        )}
      </Panel>
      {over.length > 0 && (
        <Panel title="Launched before" flush>
          <List label="Iterations that are over" iterations={over} />
        </Panel>
      )}
    </>
  );
};
