'use client';
import { CircleMinus, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { rolloutsOf } from '@/components/runs/rollout-links';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { Key } from '@/components/ui/key';
import type { DroppedQuestion } from '@/lib/domain/curriculum';

type DroppedRowProps = {
  runId: string;
  row: DroppedQuestion;
  engineer: boolean;
  pending: boolean;
  /** The keys act on it. */
  current: boolean;
  onSelect: () => void;
  onChange: () => void;
};

const State = ({ row }: { row: DroppedQuestion }) =>
  row.putBackAt === null ? (
    <span className="flex items-center gap-1 whitespace-nowrap text-ink-2">
      <CircleMinus aria-hidden className="size-3.5" /> left out
    </span>
  ) : (
    <span className="flex items-center gap-1 text-good">
      <Undo2 aria-hidden className="size-3.5 shrink-0" /> put back{row.putBackBy ? ` by ${row.putBackBy}` : ''}
    </span>
  );

/** A question that an iteration left out, what became of it, and the way to change that. */
export const DroppedRow = ({ runId, row, engineer, pending, current, onSelect, onChange }: DroppedRowProps) => {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <li
      ref={item}
      onFocus={onSelect}
      className={cx(
        'flex flex-col gap-2 border-line border-t border-l-2 px-4 py-2 sm:flex-row sm:items-center',
        current ? 'border-l-accent bg-sunken' : 'border-l-transparent',
      )}
      {...(current ? { 'aria-current': 'true' as const } : {})}
    >
      <div className="min-w-0 flex-1">
        <Link
          href={`/question-sets/${row.questionSetId}/questions/${row.questionId}`}
          className="line-clamp-2 break-words hover:underline"
        >
          {row.prompt}
        </Link>
        <div className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs">
          <State row={row} />
          <span className="text-ink-2">iteration {row.k}</span>
          <span className="text-ink-2">{row.kind}</span>
          <Link
            href={rolloutsOf(runId, {
              question: row.questionId,
              facets: { iteration: [String(row.k)], stage: ['activation', 'grpo'] },
            })}
            className="text-accent hover:underline"
          >
            its rollouts there
          </Link>
        </div>
      </div>
      {engineer && (
        <Button onClick={onChange} disabled={pending} className="w-full gap-2 sm:w-44">
          {row.putBackAt === null ? 'Put back' : 'Leave out again'}
          <span className={cx('hidden', current && 'md:inline')}>
            <Key>b</Key>
          </span>
        </Button>
      )}
    </li>
  );
};
