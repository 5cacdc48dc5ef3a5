'use client';
import { useQueries } from '@tanstack/react-query';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Empty } from '@/components/ui/states';
import { suggestComparisons } from '@/lib/domain/comparison/suggest';
import { formatSlices } from '@/lib/domain/slices/narrow';
import type { Slice } from '@/lib/domain/slices/slice';
import { slicesQuery } from '@/lib/queries/slices';
import { compareHref } from './comparison-links';

/** Of as many of the newest runs comparisons are suggested. */
const LOOKED_AT = 4;
const MOST = 6;

type SuggestionsProps = {
  readonly runs: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: readonly Slice[];
};

/** What to compare, before two slices are chosen. */
export const Suggestions = ({ runs, chosen }: SuggestionsProps) => {
  const ids = [...new Set([...chosen.map(({ runId }) => runId), ...runs.map(({ id }) => id)])].slice(0, LOOKED_AT);
  const suggestions = useQueries({
    queries: ids.map(slicesQuery),
    combine: (results) => results.flatMap(({ data = [] }) => suggestComparisons(data)).slice(0, MOST),
  });
  return (
    <Panel>
      <Empty
        title={chosen.length === 0 ? 'What shall be compared?' : 'One slice more, and they can be compared'}
        action={
          <ul aria-label="Suggestions" className="flex flex-wrap justify-center gap-2">
            {suggestions.map(({ name, slices }) => (
              <li key={formatSlices(slices).toString()} className="min-w-0">
                <Button asChild className="h-auto min-h-8 max-w-full whitespace-normal py-1">
                  <Link href={compareHref(slices)}>{name}</Link>
                </Button>
              </li>
            ))}
          </ul>
        }
      >
        A slice is the rollouts of one stage of one iteration. The first one chosen is the baseline that the others are
        held against.
      </Empty>
    </Panel>
  );
};
