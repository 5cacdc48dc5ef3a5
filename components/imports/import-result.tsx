'use client';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatBytes } from '@/components/ui/number';
import { type Import, outcomeOf } from '@/lib/domain/import';
import { formatCount } from '@/lib/domain/text/counted';
import { formatName } from './format-notes';
import { LineTable, RefusalTable } from './refusal-table';

const many = (count: number, one: string): string => `${formatCount(count)} ${one}${count === 1 ? '' : 's'}`;

/** What the import has brought so far, in one line. */
const counts = ({ rolloutsNew, rolloutsKnown, questionsNew }: Import): string =>
  `${many(rolloutsNew, 'new rollout')}, ${formatCount(rolloutsKnown)} known, ${many(questionsNew, 'new question')}`;

const stateText = (item: Import): string => {
  if (item.task.state === 'failed') return `Failed: ${item.task.error ?? 'the log says why'}`;
  if (item.task.state === 'cancelled') return 'Cancelled. What was committed is kept; resuming goes on from there';
  if (item.task.state === 'done') return 'Done';
  return item.task.state === 'queued' ? 'Waiting for the worker' : 'Under way';
};

/** One import of the history: where it went, its counts, and on demand its refusals and warnings. */
export const ImportResult = ({ item }: { item: Import }) => {
  const [open, setOpen] = useState<'refusals' | 'warnings'>();
  const outcome = outcomeOf(item);
  const show = (what: 'refusals' | 'warnings') => setOpen(open === what ? undefined : what);
  return (
    <li className="flex flex-col gap-1 px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <span className="min-w-0 break-all font-medium">{item.fileName}</span>
        <span className="text-ink-2 text-xs">
          {formatName(item.format)}, {formatBytes(item.bytes)}
        </span>
        <time dateTime={item.createdAt} className="ml-auto text-ink-3 text-xs">
          {item.createdAt.slice(0, 16).replace('T', ' ')}
        </time>
      </div>
      {(item.task.state !== 'done' || outcome?.sameAs) && (
        <div className={item.task.state === 'failed' ? 'break-words text-bad' : 'text-ink-2'}>
          {stateText(item)}
          {outcome?.sameAs && `: the same bytes as ${outcome.sameAs}, which are imported already`}
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span>{counts(item)}</span>
        {item.refused > 0 ? (
          <Button look="quiet" aria-expanded={open === 'refusals'} onClick={() => show('refusals')}>
            {formatCount(item.refused)} refused
          </Button>
        ) : (
          <span>0 refused</span>
        )}
        {outcome && outcome.warningCount > 0 && (
          <Button look="quiet" aria-expanded={open === 'warnings'} onClick={() => show('warnings')}>
            {formatCount(outcome.warningCount)} warnings
          </Button>
        )}
        <span className="flex-1" />
        {item.run && (
          <Link href={`/runs/${item.run.id}`} className="text-accent hover:underline">
            {item.run.name}
          </Link>
        )}
        {item.questionSet && (
          <Link href={`/question-sets/${item.questionSet.id}`} className="text-accent hover:underline">
            {item.questionSet.name}
          </Link>
        )}
      </div>
      {open === 'refusals' && <RefusalTable importId={item.id} refused={item.refused} />}
      {open === 'warnings' && outcome && <LineTable label="Warnings" rows={outcome.warnings} />}
    </li>
  );
};
