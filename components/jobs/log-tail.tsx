'use client';
import { ArrowDownToLine, Bug, Info, OctagonX, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import { type KeyBinding, useKeys } from '@/components/shell/keys';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/cx';
import { Panel } from '@/components/ui/panel';
import { type LogLine, logLevelSchema } from '@/lib/domain/job';
import { formatCount } from '@/lib/domain/text/counted';

type Level = LogLine['level'];
const levels = logLevelSchema.options;

const looks: Record<Level, { readonly icon: typeof Info; readonly tone: string }> = {
  debug: { icon: Bug, tone: 'text-ink-3' },
  info: { icon: Info, tone: 'text-accent' },
  warning: { icon: TriangleAlert, tone: 'text-check-repetition' },
  error: { icon: OctagonX, tone: 'text-bad' },
};

type LogTailProps = {
  /** Oldest first; undefined while they load. */
  lines: readonly LogLine[] | undefined;
  /** There are lines before the first one. */
  hasOlder: boolean;
  isLoadingOlder: boolean;
  onOlder: () => void;
};

/** Pixels from the end within which a reader counts as following it. */
const NEAR_END = 24;

/**
 * The end of what a job says, which follows new lines until the reader scrolls up. Messages are a trainer's: shown as
 * text and nothing else.
 */
export const LogTail = ({ lines, hasOlder, isLoadingOlder, onOlder }: LogTailProps) => {
  const [hidden, setHidden] = useState<ReadonlySet<Level>>(new Set<Level>(['debug']));
  const [isFollowing, setIsFollowing] = useState(true);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => lines?.filter(({ level }) => !hidden.has(level)) ?? [], [lines, hidden]);
  const [first, last] = [shown[0]?.seq, shown.at(-1)?.seq];
  useKeepPlace(scroller, { first, last, isFollowing });

  const toEnd = useCallback(() => {
    setIsFollowing(true);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, []);
  useKeys(
    useMemo((): readonly KeyBinding[] => [{ keys: ['e'], says: 'Follow the end of the log', run: toEnd }], [toEnd]),
  );

  return (
    <Panel
      title="Log"
      flush
      actions={
        <>
          <Levels lines={lines ?? []} hidden={hidden} onChange={setHidden} />
          <Button
            look="quiet"
            aria-pressed={isFollowing}
            className={cx('px-2', isFollowing && 'text-accent')}
            title={isFollowing ? 'It follows the end' : 'Go to the end and follow it'}
            onClick={toEnd}
          >
            <ArrowDownToLine aria-hidden className="size-4" />
            <span className="hidden sm:inline">{isFollowing ? 'Following' : 'Follow'}</span>
          </Button>
        </>
      }
    >
      <div
        ref={scroller}
        role="log"
        aria-label="Log of the job"
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="relative h-64 resize-y overflow-auto py-1 font-mono text-xs"
        onScroll={({ currentTarget: box }) =>
          setIsFollowing(box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END)
        }
      >
        {hasOlder && (
          <div className="px-3 py-1">
            <Button className="h-6 text-xs" disabled={isLoadingOlder} onClick={onOlder}>
              {isLoadingOlder ? 'Reading…' : 'Older lines'}
            </Button>
          </div>
        )}
        <ol>
          {shown.map((line) => (
            <Line key={line.seq} line={line} />
          ))}
        </ol>
        {shown.length === 0 && (
          <p className="px-3 py-2 font-sans text-ink-2">
            {lines === undefined
              ? 'Reading the log…'
              : lines.length === 0
                ? 'The trainer has said nothing yet.'
                : 'Every line is of a level that is switched off.'}
          </p>
        )}
      </div>
    </Panel>
  );
};

type Place = { readonly first: number | undefined; readonly last: number | undefined; readonly isFollowing: boolean };

/** Goes to the end with new lines while the reader follows; keeps what is read in its place when older ones come. */
const useKeepPlace = (scroller: React.RefObject<HTMLDivElement | null>, { first, last, isFollowing }: Place) => {
  const before = useRef<{ readonly first: number | undefined; readonly height: number }>({ first, height: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last line is what moves the end
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const grown = box.scrollHeight - before.current.height;
    const isOlder = first !== undefined && before.current.first !== undefined && first < before.current.first;
    if (isFollowing) box.scrollTop = box.scrollHeight;
    else if (isOlder && box.scrollTop < grown) box.scrollTop += grown;
    before.current = { first, height: box.scrollHeight };
  }, [scroller, first, last, isFollowing]);
};

const Levels = ({
  lines,
  hidden,
  onChange,
}: {
  lines: readonly LogLine[];
  hidden: ReadonlySet<Level>;
  onChange: (hidden: ReadonlySet<Level>) => void;
}) => (
  <fieldset className="flex flex-wrap items-center gap-0.5">
    <legend className="sr-only">Levels that are shown</legend>
    {levels.map((level) => {
      const { icon: Icon, tone } = looks[level];
      const isShown = !hidden.has(level);
      const count = lines.filter((line) => line.level === level).length;
      return (
        <button
          key={level}
          type="button"
          aria-pressed={isShown}
          aria-label={`${level}: ${count}`}
          title={`${isShown ? 'Hide' : 'Show'} ${level} lines`}
          onClick={() => {
            const next = new Set(hidden);
            if (isShown) next.add(level);
            else next.delete(level);
            onChange(next);
          }}
          className={cx(
            'flex h-7 items-center gap-1 rounded px-1.5 text-xs tabular-nums hover:bg-sunken',
            isShown ? tone : 'text-ink-3 line-through',
          )}
        >
          <Icon aria-hidden className="size-3.5" />
          {formatCount(count)}
        </button>
      );
    })}
  </fieldset>
);

const questionIdSchema = z.uuid();

const Line = ({ line: { at, level, message, questionId } }: { line: LogLine }) => {
  const { icon: Icon, tone } = looks[level];
  const question = questionIdSchema.safeParse(questionId);
  return (
    <li className="flex items-start gap-2 px-3 py-px hover:bg-sunken/60">
      <time dateTime={at} title={at} className="shrink-0 text-ink-3 tabular-nums">
        {at.slice(11, 19)}
      </time>
      <span className={cx('mt-0.5 shrink-0', tone)}>
        <Icon aria-hidden className="size-3" />
        <span className="sr-only">{level}</span>
      </span>
      <span className="min-w-0 flex-1 whitespace-pre-wrap break-words [overflow-wrap:anywhere]">
        {message}
        {question.success && (
          <>
            {' '}
            <Link href={`/questions/${question.data}`} className="font-sans text-accent hover:underline">
              the question
            </Link>
          </>
        )}
      </span>
    </li>
  );
};
